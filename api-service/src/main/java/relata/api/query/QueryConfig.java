package relata.api.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Queries that users store for comparisons. */
@ConfigMapping(prefix = "relata.query")
public interface QueryConfig {
  /**
   * Most queries of one collection. How many of them a comparison takes is {@code
   * relata.generation.max-queries}; beyond a few hundred its figures hardly change.
   */
  @WithDefault("2000")
  int maxQueries();
}
