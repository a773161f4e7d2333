package relata.worker.canary;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How soon a model is noticed that is there and answers nothing. */
@ConfigMapping(prefix = "relata.canary")
interface CanaryConfig {
  /**
   * After how long without an answer a model in use is asked for one, looked at every quarter of
   * it. Five quarters of this and four thirds of the limit is how late a silent one is noticed: 45
   * s. Shorter notices sooner, and costs a server at rest more calls.
   */
  @WithDefault("20s")
  Duration every();

  /**
   * How long the call may wait for its turn and take, together; a third of it is left for the call
   * however late its turn came. Longer than the model needs for a call before it that has begun,
   * else a slow server is taken for a silent one.
   */
  @WithDefault("15s")
  Duration limit();

  /**
   * The limit for a model that writes text, of which a single call was measured to take long: three
   * times that, and this at most. A call of ten seconds and less is within a minute; one that takes
   * longer cannot be told from silence any sooner, since an answer comes in one piece.
   */
  @WithDefault("2m")
  Duration longestLimit();
}
