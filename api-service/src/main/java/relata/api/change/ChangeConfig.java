package relata.api.change;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How changed settings become changed recipes. */
@ConfigMapping(prefix = "relata.change")
public interface ChangeConfig {
  /**
   * Whether the start of this process takes along the collections that follow the deployment's
   * settings; at least one has to. Each more asks the same and finds it done.
   */
  @WithDefault("true")
  boolean follow();

  /**
   * How long the start waits to be told which models there are, if aliases have fallbacks, before
   * it takes the preferred ones. It delays new generations for changed aliases, nothing else.
   */
  @WithDefault("15s")
  Duration startPatience();

  /**
   * How long a replica counts as there after it last said so, which it does three times as often.
   * After a kill of one with other settings, changed ones are followed that much later; shorter
   * could overlook one that is only slow.
   */
  @WithDefault("15s")
  Duration presence();

  /** Pause before what is away, the database or all workers, is asked again. */
  @WithDefault("2s")
  Duration retryInterval();

  /** How long the database may take for one collection, or one page of them. */
  @WithDefault("30s")
  Duration databaseTimeout();
}
