package relata.worker.ollama;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How Ollama is asked. Its address and its time limits are the REST client's own settings. */
@ConfigMapping(prefix = "relata.ollama")
interface OllamaConfig {
  /**
   * How long the model stays loaded after a call. Longer saves the load before the next change,
   * shorter frees the memory for other models. Pinned models stay for ever.
   */
  @WithDefault("5m")
  String keepAlive();
}
