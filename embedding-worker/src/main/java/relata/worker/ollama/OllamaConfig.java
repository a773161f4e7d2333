package relata.worker.ollama;

import io.quarkus.runtime.configuration.MemorySize;
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

  /**
   * The longest answer that is read. More is a server's mistake, which must not take the worker's
   * memory. A list of a thousand models has 500 kB, 64 vectors ({@code relata.embed.max-inputs}) of
   * 4096 components 3 MB.
   */
  @WithDefault("4M")
  MemorySize maxAnswer();
}
