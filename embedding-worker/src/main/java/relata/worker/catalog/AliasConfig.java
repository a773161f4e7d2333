package relata.worker.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/**
 * The models that the aliases of recipes and profiles stand for: the first that the server has. The
 * same variables go to api-service, which resolves recipes by them.
 */
@ConfigMapping(prefix = "relata.aliases")
public interface AliasConfig {
  /** Makes vectors. */
  @WithDefault("all-minilm")
  List<String> embedder();

  /** Writes descriptions. */
  @WithDefault("llama3.2")
  List<String> describer();

  /** Compares answers. */
  @WithDefault("llama3.2")
  List<String> judge();
}
