package relata.worker.generation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of what is remembered of generations. */
@ConfigMapping(prefix = "relata.generation")
interface GenerationConfig {
  /** Generations kept in memory, about 1 kB each; one that is not costs a small query a batch. */
  @WithDefault("1000")
  int cacheSize();

  /**
   * How long it is remembered which generations of a collection are served. A shorter time asks the
   * database more often; within it, a new one's documents are found by its own event alone.
   */
  @WithDefault("1s")
  Duration servedFor();
}
