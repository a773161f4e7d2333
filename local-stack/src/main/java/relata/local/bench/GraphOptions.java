package relata.local.bench;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is measured of graph-service and how much of it.
 *
 * @param vectors of the engine; of a stack so many documents, of two texts each
 * @param parts what to measure; none for all
 * @param peers what answers in turns with the engine
 * @param watched how long single writes and searches over HTTP are watched
 */
public record GraphOptions(
    int vectors, int dimension, Set<GraphBench.Part> parts, Peers peers, Duration watched) {
  /** What the engine is compared with. */
  public enum Peers {
    NONE,
    /** It is there anyway. */
    LUCENE,
    /** Lucene, and what the module {@code bench-peers} brings. */
    ALL
  }

  public static final int DEFAULT_VECTORS = 100_000;
  public static final int DEFAULT_DIMENSION = 768;
  public static final Duration DEFAULT_WATCHED = Duration.ofSeconds(30);

  private static final int LEAST_OF_ENGINE = 5_000;
  private static final int LEAST_OF_STACK = 200;

  /**
   * @throws IllegalArgumentException if there is too little to measure
   */
  public GraphOptions {
    parts = Set.copyOf(parts.isEmpty() ? EnumSet.allOf(GraphBench.Part.class) : parts);
    boolean allOfStack = parts.stream().allMatch(GraphBench.Part::isOfStack);
    int least = allOfStack ? LEAST_OF_STACK : LEAST_OF_ENGINE;
    if (vectors < least || dimension < 1) {
      throw new IllegalArgumentException(
          "There must be at least %d vectors of at least 1 dimension.".formatted(least));
    }
    if (watched.isNegative() || watched.isZero()) {
      throw new IllegalArgumentException("Writes and searches must be watched for a second.");
    }
  }

  boolean wants(GraphBench.Part part) {
    return parts.contains(part);
  }

  /** The parts that need a stack, or those that do not. */
  Set<GraphBench.Part> parts(boolean ofStack) {
    Set<GraphBench.Part> some = EnumSet.copyOf(parts);
    some.removeIf(part -> part.isOfStack() != ofStack);
    return some;
  }
}
