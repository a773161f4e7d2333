package relata.api.collection;

/**
 * A collection that exists.
 *
 * @param generation id of the generation that is served
 */
public record FoundCollection(long id, String name, long generation) {}
