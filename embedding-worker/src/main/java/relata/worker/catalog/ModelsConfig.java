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

  /**
   * How old the list of installed models may be when a batch is stored. So late at most is a model
   * noticed that was pulled, or exchanged under its name: what the exchanged one answered until
   * then is stored beside the old one's. Shorter asks the server more often, once in this time
   * while there is work and never without; it answers from memory.
   */
  @WithDefault("5s")
  Duration listMaxAge();

  /** How long the server may take for a list. It answers from memory. */
  @WithDefault("2s")
  Duration listLimit();
}
