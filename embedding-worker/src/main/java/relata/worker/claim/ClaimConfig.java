package relata.worker.claim;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a document is held, and how often it is tried. */
@ConfigMapping(prefix = "relata.claim")
public interface ClaimConfig {
  /**
   * How long a claim holds without a sign of life; it is renewed every third of that. Shorter frees
   * a crashed worker's documents sooner, longer survives longer pauses of a live one.
   */
  @WithDefault("60s")
  Duration lease();

  /** Tries that count before a document is dead and waits for a person. */
  @WithDefault("5")
  int maxAttempts();

  /**
   * The shortest wait before another try. The longest one doubles with each try, from twice this
   * on, up to {@link #longestBackoff}, and the wait is anywhere in between: documents that failed
   * together come back spread out. With the defaults the five tries take 2 to 15 minutes, which a
   * restart or an upgrade of the model server fits into.
   */
  @WithDefault("30s")
  Duration backoff();

  /** The longest wait between two tries. */
  @WithDefault("10m")
  Duration longestBackoff();
}
