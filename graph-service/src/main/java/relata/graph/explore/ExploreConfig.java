package relata.graph.explore;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of what one look at the graph returns. */
@ConfigMapping(prefix = "relata.explore")
public interface ExploreConfig {
  /**
   * Most linked documents that may be asked for; among n documents there are up to n² / 2 edges.
   */
  @WithDefault("500")
  int maxTop();

  /** Edges in an answer; how many more there are is told. */
  @WithDefault("2000")
  int maxEdges();
}
