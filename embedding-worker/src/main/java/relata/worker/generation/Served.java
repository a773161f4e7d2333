package relata.worker.generation;

/**
 * A generation that features are made for.
 *
 * @param active searches are answered from it; else it is being built
 */
public record Served(long collectionId, long generationId, boolean active) {}
