package relata.api.resolution;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What recipes say when users do not. */
@ConfigMapping(prefix = "relata.recipe")
public interface RecipeConfig {
  /**
   * A partial recipe in JSON, laid over the built-in defaults. Collections whose recipe is {@code
   * "default"} follow it: the first start with another one makes new generations of them, which
   * costs whatever the change costs. Other collections keep what they were made with.
   */
  Optional<String> defaults();
}
