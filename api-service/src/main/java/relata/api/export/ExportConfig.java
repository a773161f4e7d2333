package relata.api.export;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Whole graphs, sent as they are read: of each no more than a page is held here. */
@ConfigMapping(prefix = "relata.export")
public interface ExportConfig {
  /** Where graph-service is. */
  URI graphUrl();

  /**
   * Exports at a time; more are told to come back. Each keeps a graph in graph-service's memory for
   * as long as its client takes, so keep all replicas' together near {@code
   * relata.explore.max-exports} there.
   */
  @WithDefault("2")
  int maxExports();

  /** Connecting to graph-service. */
  @WithDefault("1s")
  Duration connectTimeout();

  /** Until graph-service begins to answer: a large graph is read from the database first. */
  @WithDefault("60s")
  Duration beginTimeout();

  /** Looking up the names of one page. */
  @WithDefault("10s")
  Duration namesTimeout();

  /**
   * An export of which nothing was sent for so long is cut off: nobody takes it, or graph-service
   * does not go on.
   */
  @WithDefault("60s")
  Duration stalledAfter();

  /** Longest line of graph-service's: a page of {@code relata.explore.export-page}. */
  @WithDefault("1M")
  MemorySize maxLine();

  /** When a client that found all exports taken should come back. */
  @WithDefault("10s")
  Duration retryAfter();
}
