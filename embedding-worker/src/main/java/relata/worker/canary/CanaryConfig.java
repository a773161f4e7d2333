package relata.worker.canary;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon a model is noticed that is there and answers nothing. */
@ConfigMapping(prefix = "relata.canary")
interface CanaryConfig {
  /**
   * After how long without an answer a model in use is asked for one. Together with twice the limit
   * this is how late it is noticed; shorter notices sooner, and costs a server at rest more calls.
   */
  @WithDefault("20s")
  Duration every();

  /**
   * How long the call may take, and how long it may wait for its turn. Longer than the model needs
   * for a call before it that has begun, else a slow server is taken for a silent one.
   */
  @WithDefault("15s")
  Duration limit();

  /**
   * The limit for a model that writes text, of which a single call was measured to take long: three
   * times that, and this at most.
   */
  @WithDefault("2m")
  Duration longestLimit();
}
