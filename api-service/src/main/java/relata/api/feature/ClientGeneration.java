package relata.api.feature;

/**
 * A generation whose chunks and vectors the client brings.
 *
 * @param dimension components of its vectors
 */
record ClientGeneration(long id, int dimension) {}
