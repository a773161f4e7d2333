package relata.graph.edges;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How edges are computed and committed. */
@ConfigMapping(prefix = "relata.edges")
public interface EdgesConfig {
  /**
   * Documents of one commit. More documents share a transaction and a pass over the index, but hold
   * the generation's lock for longer, and with a very low threshold each may be similar to every
   * other (24 bytes a pair).
   */
  @WithDefault("256")
  int maxDocuments();

  /**
   * Commits (of different generations) at a time. Each holds a database connection while it
   * computes, so it must stay well below the size of the pool.
   */
  @WithDefault("2")
  int concurrentCommits();

  /** Threads that compare vectors for commits; 0 for one a processor. */
  @WithDefault("0")
  int threads();

  /**
   * How long the log of commits reaches back. A replica that was away for longer compares the whole
   * generation instead.
   */
  @WithDefault("PT1H")
  Duration logRetention();

  /** Rows erased by one statement when a generation is gone. */
  @WithDefault("20000")
  int eraseRows();
}
