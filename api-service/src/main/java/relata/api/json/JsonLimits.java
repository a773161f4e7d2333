package relata.api.json;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much JSON one request may bring. */
@ConfigMapping(prefix = "relata.json")
public interface JsonLimits {
  /**
   * Longest JSON body. It is held in memory while it is read, so it bounds what a client can make
   * the service hold; larger imports go through documents:bulk, which reads line by line. Raise
   * {@code quarkus.rest.input-buffer-size} with it, or longer bodies are read on worker threads.
   */
  @WithDefault("1M")
  MemorySize maxBody();

  /**
   * How long a body may be on its way, whatever its path: who sends it has its connection cut then.
   * A megabyte comes within it over a slow line; chunks of clients, which are longer, take a share
   * of what few may have at a time.
   */
  @WithDefault("2m")
  Duration maxTime();
}
