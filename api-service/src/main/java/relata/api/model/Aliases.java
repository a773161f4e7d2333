package relata.api.model;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The names that recipes may use instead of a model's own. */
@Singleton
public final class Aliases {
  private final Map<String, List<String>> candidates = new LinkedHashMap<>();

  Aliases(AliasConfig config) {
    candidates.put("embedder", List.copyOf(config.embedder()));
    candidates.put("describer", List.copyOf(config.describer()));
    candidates.put("judge", List.copyOf(config.judge()));
  }

  /** The models that each alias may stand for, the preferred one first. */
  public Map<String, List<String>> candidates() {
    return Map.copyOf(candidates);
  }
}
