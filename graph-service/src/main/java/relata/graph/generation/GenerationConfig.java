package relata.graph.generation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How features come from the database into memory. */
@ConfigMapping(prefix = "relata.generation")
public interface GenerationConfig {
  /**
   * Rows (chunks) fetched at a time. A chunk of 384 dimensions is about 2 kB with its text: more
   * saves round trips, fewer save memory while a generation is loaded.
   */
  @WithDefault("1000")
  int readRows();

  /**
   * Documents put into the indexes at a time. More makes loading cheaper, because each time a new
   * state is published to searches.
   */
  @WithDefault("128")
  int applyDocuments();
}
