package relata.worker.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is known of the models as such. */
@ConfigMapping(prefix = "relata.models")
public interface ModelsConfig {
  /**
   * Models, or aliases, that stay in memory whatever profile is activated. Searches need the
   * embedder at once, and it is small beside what writes text.
   */
  @WithDefault("embedder")
  Optional<List<String>> pinned();

  /** How old the list of installed models may be; a pulled model is noticed that late. */
  @WithDefault("60s")
  Duration listMaxAge();

  /** How long the server may take for a list. It answers from memory. */
  @WithDefault("2s")
  Duration listLimit();
}
