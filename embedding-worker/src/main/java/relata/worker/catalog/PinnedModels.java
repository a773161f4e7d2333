package relata.worker.catalog;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import relata.worker.model.ModelName;

/** The models that stay in memory whatever profile is activated. */
@Singleton
public final class PinnedModels {
  private final List<String> written;
  private final Aliases aliases;
  private final Installed installed;

  PinnedModels(ModelsConfig config, Aliases aliases, Installed installed) {
    this.written = config.pinned().orElse(List.of());
    this.aliases = aliases;
    this.installed = installed;
  }

  /** Their full names, as far as the server's models were heard of. Asks nobody. */
  public Set<String> names() {
    Listing.Models known = installed.lastKnown();
    return written.stream()
        .map(name -> aliases.resolve(name, known))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it is one of them. */
  public boolean has(String model) {
    return names().contains(ModelName.full(model));
  }
}
