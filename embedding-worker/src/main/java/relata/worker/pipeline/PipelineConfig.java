package relata.worker.pipeline;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is in work at once. */
@ConfigMapping(prefix = "relata.pipeline")
public interface PipelineConfig {
  /**
   * Batches in work at once. Each has at most one call to the model on its way, so that this is
   * also how many calls the model server sees; two keep it busy while the other batch is stored.
   */
  @WithDefault("2")
  int batches();

  /** Documents in a batch: more share calls better, fewer are ready sooner. */
  @WithDefault("32")
  int batchSize();

  /**
   * Bytes of text in memory for a batch; beyond it, it is worked through in parts. The vectors of a
   * text take about ten times its size.
   */
  @WithDefault("1000000")
  long batchBytes();

  /**
   * How long a stopping worker finishes what it has begun before it gives it back. Kubernetes kills
   * after 30 s, and giving back takes one statement.
   */
  @WithDefault("10s")
  Duration shutdownGrace();
}
