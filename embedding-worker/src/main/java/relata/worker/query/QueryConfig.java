package relata.worker.query;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How search texts are embedded. */
@ConfigMapping(prefix = "relata.query")
interface QueryConfig {
  /**
   * Texts in work at once, most of them waiting for their turn at the model; one more is told at
   * once that there is no room. Those whose vectors are remembered are answered beside them.
   */
  @WithDefault("36")
  int waiting();

  /**
   * How long one may wait for its turn; shorter than the asker's own patience, so that it gets an
   * answer.
   */
  @WithDefault("1500ms")
  Duration waitLimit();

  /** Vectors remembered, of 3 kB each with 768 components: people repeat each other. */
  @WithDefault("1000")
  int cacheSize();

  /** The longest text, in characters: it is one input to the model and is not split. */
  @WithDefault("4000")
  int maxTextLength();
}
