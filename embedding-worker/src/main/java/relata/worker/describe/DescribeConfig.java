package relata.worker.describe;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How models are asked for descriptions. */
@ConfigMapping(prefix = "relata.describe")
interface DescribeConfig {
  /**
   * Documents of a batch that wait for the model at once; more than the gate has permits only wait
   * there.
   */
  @WithDefault("4")
  int concurrency();

  /** How long to wait for a description that another batch is asking for at this moment. */
  @WithDefault("5m")
  Duration sharedWait();

  /** Prompts kept in memory, of a few kB each; another costs a small query a batch. */
  @WithDefault("100")
  int promptCacheSize();

  /** How long documents wait whose prompt is missing or is another one than the recipe's. */
  @WithDefault("5m")
  Duration promptWait();

  /** Fingerprints looked up in one query; a row has at most a few kB. */
  @WithDefault("256")
  int lookupSize();
}
