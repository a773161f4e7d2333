package relata.api.model;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/**
 * What a recipe may call a model by instead of its name: the first model of a list that the model
 * server has is taken, so the first is preferred and the others are fallbacks. embedding-worker
 * reads the same settings.
 */
@ConfigMapping(prefix = "relata.aliases")
public interface AliasConfig {
  /** Embeds texts. A change makes new generations of the collections that name the alias. */
  @WithDefault("all-minilm")
  List<String> embedder();

  /** Writes descriptions. */
  @WithDefault("llama3.2")
  List<String> describer();

  /** Judges answers. */
  @WithDefault("llama3.2")
  List<String> judge();
}
