package relata.worker.profile;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.worker.catalog.KeepAlive;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.catalog.Loading;
import relata.worker.catalog.ModelCatalog;
import relata.worker.catalog.ModelUse;
import relata.worker.model.ModelFailure;

/** A model server with room for so many models, which frees memory only after a few looks. */
final class ModelMemory implements ModelCatalog {
  final List<String> log = new ArrayList<>();
  final Set<String> broken = new LinkedHashSet<>();
  private final List<ListedModel> installed;
  private final Set<String> loaded = new LinkedHashSet<>();
  private final Map<String, Integer> leaving = new HashMap<>();
  private final int room;
  int looksUntilFree = 2;

  ModelMemory(int room, String... installed) {
    this.room = room;
    this.installed = List.of(installed).stream().map(ModelMemory::listed).toList();
  }

  void hold(String model) {
    loaded.add(listed(model).name());
  }

  Set<String> loaded() {
    return Set.copyOf(loaded);
  }

  @Override
  public Listing installed(Duration limit) {
    return new Listing.Models(installed);
  }

  @Override
  public Listing loaded(Duration limit) {
    leaving.replaceAll((model, looks) -> looks - 1);
    leaving.forEach(
        (model, looks) -> {
          if (looks < 0 && loaded.remove(model)) {
            log.add("free " + model);
          }
        });
    leaving.values().removeIf(looks -> looks < 0);
    return new Listing.Models(loaded.stream().map(ModelMemory::listed).toList());
  }

  @Override
  public Loading load(String model, KeepAlive keepAlive, Duration limit) {
    log.add("load " + model);
    loaded.add(model);
    if (loaded.size() > room) {
      loaded.remove(loaded.iterator().next());
    }
    return new Loading.Loaded(ModelUse.EMBED);
  }

  @Override
  public Optional<ModelFailure> unload(String model, Duration limit) {
    if (leaving.putIfAbsent(model, looksUntilFree) == null) {
      log.add("unload " + model);
    }
    return Optional.empty();
  }

  @Override
  public Optional<ModelFailure> probe(
      String model, ModelUse use, KeepAlive keepAlive, Duration limit) {
    log.add("probe " + model);
    return broken.contains(model)
        ? Optional.of(new ModelFailure.Transient("timeout", "It did not answer in time."))
        : Optional.empty();
  }

  private static ListedModel listed(String name) {
    // Names behind the same letter are the same model.
    return new ListedModel(name, "digest-" + name.charAt(0), 0, 0);
  }
}
