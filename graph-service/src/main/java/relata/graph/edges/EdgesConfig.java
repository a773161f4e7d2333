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
   * Commits of different active generations at a time. Each holds a database connection while it
   * computes, so these and the background ones must stay well below the size of the pool.
   */
  @WithDefault("2")
  int concurrentCommits();

  /**
   * The same of generations that are being built, which have connections and threads of their own,
   * so that no active one ever waits for them. More take more of the processors from the active
   * ones.
   */
  @WithDefault("1")
  int backgroundCommits();

  /**
   * Commits of generations whose index is shared, active or not: most of the time they wait for the
   * system that keeps it. Apart from the others, so that nobody waits behind one that is away; each
   * holds a database connection, too.
   */
  @WithDefault("2")
  int sharedCommits();

  /**
   * Threads that compare vectors for commits of active generations, and as many for the others; 0
   * for one a processor. More of the latter build faster, and leave less to the former.
   */
  @WithDefault("0")
  int threads();

  /**
   * How long the log of commits reaches back. A replica that was away for longer compares the whole
   * generation instead.
   */
  @WithDefault("PT1H")
  Duration logRetention();

  /** Copies that a NATS cluster keeps of the stream; 1 is all that a single server can have. */
  @WithDefault("1")
  int streamReplicas();

  /** Rows erased by one statement when a generation is gone. */
  @WithDefault("20000")
  int eraseRows();
}
