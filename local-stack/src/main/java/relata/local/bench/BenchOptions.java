package relata.local.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is measured and how much of it.
 *
 * @param documents of the large collection; the runs with a slow or a choosy model take a part
 * @param parts what to measure
 * @param freshnessTime how long writes are watched, without and with a backfill beside them
 * @param data where the stacks keep their data; empty: temporary folders that are deleted
 */
public record BenchOptions(
    int documents, Set<PipelineBench.Part> parts, Duration freshnessTime, Optional<Path> data) {
  static final int DIMENSION = 768;
  static final int WRITES_PER_SECOND = 50;
  static final int QUERIES_PER_SECOND = 20;

  public static final int DEFAULT_DOCUMENTS = 100_000;
  public static final Duration DEFAULT_FRESHNESS = Duration.ofSeconds(60);
  private static final int LEAST_DOCUMENTS = 200;

  public BenchOptions {
    if (documents < LEAST_DOCUMENTS || documents > 10_000_000) {
      throw new IllegalArgumentException(
          "The documents must be %d to 10000000, not %d.".formatted(LEAST_DOCUMENTS, documents));
    }
    if (freshnessTime.isNegative() || freshnessTime.isZero()) {
      throw new IllegalArgumentException("Writes must be watched for at least a second.");
    }
    parts = Set.copyOf(parts.isEmpty() ? EnumSet.allOf(PipelineBench.Part.class) : parts);
  }

  boolean wants(PipelineBench.Part part) {
    return parts.contains(part);
  }
}
