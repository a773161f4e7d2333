package relata.api.model;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import relata.api.recipe.ModelName;

/** The names that recipes may use instead of a model's own. */
@Singleton
public final class Aliases {
  private final Map<String, List<String>> candidates = new LinkedHashMap<>();

  Aliases(AliasConfig config) {
    candidates.put("embedder", checked("embedder", config.embedder()));
    candidates.put("describer", checked("describer", config.describer()));
    candidates.put("judge", checked("judge", config.judge()));
  }

  /** A wrong list ends the start: its recipes would name models that no server can have. */
  private static List<String> checked(String alias, List<String> models) {
    if (models.isEmpty() || !models.stream().allMatch(ModelName::isValid)) {
      throw new IllegalStateException(
          "relata.aliases.%s: must be names of models, separated by commas".formatted(alias));
    }
    return List.copyOf(models);
  }

  /** The models that each alias may stand for, the preferred one first. */
  public Map<String, List<String>> candidates() {
    return Map.copyOf(candidates);
  }
}
