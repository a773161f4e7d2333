package relata.worker.catalog;

import java.time.Clock;

/** What tests of other packages need of this one, put together without a container. */
public record CatalogParts(Installed installed, Aliases aliases, PinnedModels pinned) {
  public static CatalogParts of(
      ModelCatalog catalog, ModelsConfig modelsConfig, AliasConfig aliasConfig) {
    Installed installed = new Installed(catalog, modelsConfig, Clock.systemUTC());
    Aliases aliases = new Aliases(aliasConfig);
    return new CatalogParts(installed, aliases, new PinnedModels(modelsConfig, aliases, installed));
  }
}
