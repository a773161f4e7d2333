package relata.api.once;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is known what was answered to a request with an Idempotency-Key. */
@ConfigMapping(prefix = "relata.idempotency")
interface OnceConfig {
  /**
   * How long a repetition gets the first answer; later it is a request like any other. Longer
   * serves clients that try again after days, and keeps a row with the answer for each request.
   */
  @WithDefault("24h")
  Duration keep();

  /** How often what expired is deleted. */
  @WithDefault("10m")
  Duration eraseInterval();
}
