package relata.worker.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much of a batch is in memory at once. */
@ConfigMapping(prefix = "relata.pipeline")
public interface PipelineConfig {
  /**
   * Documents of a batch that nobody waits for that are worked on together while somebody searches
   * or writes. Fewer keep them waiting for a shorter time, more cost less each.
   */
  @WithDefault("10")
  int smallBatch();

  /** Bytes of text in memory for a batch; beyond it, it is read in parts. */
  @WithDefault("400000")
  long batchBytes();

  /**
   * Chunks whose vectors are in memory for a batch, of 3 kB each with 768 components; beyond it,
   * its documents are worked through in slices. A single document may have {@code
   * relata.split.max-chunks}.
   */
  @WithDefault("1000")
  int batchChunks();
}
