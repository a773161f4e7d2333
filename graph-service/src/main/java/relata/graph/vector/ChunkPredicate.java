package relata.graph.vector;

/** Which chunks may be found. It must answer the same each time, and on several threads at once. */
@FunctionalInterface
public interface ChunkPredicate {
  boolean test(long documentId, int ordinal);
}
