package relata.worker.catalog;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import relata.worker.model.ModelName;

/** Which models are meant by a name that may be an alias. */
@Singleton
public final class Aliases {
  private final Map<String, List<String>> candidates;

  Aliases(AliasConfig config) {
    this.candidates =
        Map.of(
            "embedder", List.copyOf(config.embedder()),
            "describer", List.copyOf(config.describer()),
            "judge", List.copyOf(config.judge()));
  }

  /** The full name of the first candidate that is installed, or of the first if none is. */
  public String resolve(String written, Listing.Models installed) {
    List<String> models = candidates.getOrDefault(written, List.of(written));
    return ModelName.full(
        models.stream()
            .filter(model -> installed.find(model).isPresent())
            .findFirst()
            .orElse(models.getFirst()));
  }
}
