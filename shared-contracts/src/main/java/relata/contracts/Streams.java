package relata.contracts;

import java.time.Duration;

/**
 * Names of the JetStream streams and of their durable consumers. A stream is created and updated by
 * the service that publishes to it, a durable consumer by the service that consumes from it.
 */
public final class Streams {
  /** Written by api-service; subjects {@link Subjects#CONTENT_CHANGED_ALL}. */
  public static final String CONTENT = "RELATA_CONTENT";

  /** Written by embedding-worker; subjects {@link Subjects#FEATURES_CHANGED_ALL}. */
  public static final String FEATURES = "RELATA_FEATURES";

  /** Written by graph-service; subjects {@link Subjects#EDGES_CHANGED_ALL}. */
  public static final String EDGES = "RELATA_EDGES";

  /** Durable consumer of {@link #CONTENT}, shared by all replicas of embedding-worker. */
  public static final String EMBEDDING_WORKER = "embedding-worker";

  /** Durable consumer of {@link #FEATURES}, shared by all replicas of graph-service. */
  public static final String GRAPH_SERVICE = "graph-service";

  /**
   * How long a stream keeps an event. Consumers that were away for longer are served by the
   * periodic sweep, so this only bounds the disk.
   */
  public static final Duration MAX_AGE = Duration.ofDays(7);

  private Streams() {}
}
