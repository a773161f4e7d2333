package relata.worker.generation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of what is remembered of generations. */
@ConfigMapping(prefix = "relata.generation")
interface GenerationConfig {
  /** Generations kept in memory, about 1 kB each; one that is not costs a small query a batch. */
  @WithDefault("1000")
  int cacheSize();
}
