package relata.worker.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits on traces. */
@ConfigMapping(prefix = "relata.traces")
interface TraceConfig {
  /**
   * Documents on their way whose traces are remembered, about 300 bytes each; of one that is
   * forgotten the span ends early.
   */
  @WithDefault("10000")
  int documents();
}
