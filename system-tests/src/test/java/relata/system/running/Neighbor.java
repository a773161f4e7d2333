package relata.system.running;

/** An entry of a neighbour list. */
public record Neighbor(long documentId, double similarity) {}
