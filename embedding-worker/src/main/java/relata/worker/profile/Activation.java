package relata.worker.profile;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import relata.worker.catalog.Installed;
import relata.worker.catalog.KeepAlive;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.catalog.Loading;
import relata.worker.catalog.ModelCatalog;
import relata.worker.model.ModelFailure;

/**
 * Brings a profile's models into memory: what is in the way leaves first, and its absence is
 * awaited, since the server answers before the memory is free.
 */
@Singleton
class Activation {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Says that we are still at it, and hears whether we are still wanted. */
  @FunctionalInterface
  interface Progress {
    /** False when the activation is not ours any more. */
    boolean goesOn();
  }

  /** What became of it. */
  sealed interface Outcome {
    record Active() implements Outcome {}

    record Failed(String reason) implements Outcome {}

    /** Something else was asked for meanwhile. */
    record Superseded() implements Outcome {}
  }

  private final ModelCatalog catalog;
  private final Installed installed;
  private final ProfileModels models;
  private final ProfileConfig.Limits limits;
  private final Clock clock;

  Activation(
      ModelCatalog catalog,
      Installed installed,
      ProfileModels models,
      ProfileConfig.Limits limits,
      Clock clock) {
    this.catalog = catalog;
    this.installed = installed;
    this.models = models;
    this.limits = limits;
    this.clock = clock;
  }

  Outcome run(String profile, Progress progress) throws InterruptedException {
    return switch (installed.now()) {
      case Listing.Unknown(ModelFailure failure) ->
          new Outcome.Failed("The model server cannot be asked: " + failure.reason());
      case Listing.Models server -> {
        Optional<String> missing =
            models.of(profile, server).stream()
                .filter(model -> server.find(model).isEmpty())
                .findFirst();
        yield missing.isPresent()
            ? new Outcome.Failed(
                "Model %s is not on the model server: pull it.".formatted(missing.get()))
            : replace(wanted(profile, server), progress);
      }
    };
  }

  /** A pinned model that the server does not have is nobody's wish here. */
  private List<ListedModel> wanted(String profile, Listing.Models server) {
    return models.kept(profile, server).stream()
        .flatMap(model -> server.find(model).stream())
        .toList();
  }

  private Outcome replace(List<ListedModel> wanted, Progress progress) throws InterruptedException {
    Optional<Outcome> inTheWay = clear(wanted, progress);
    if (inTheWay.isPresent()) {
      return inTheWay.get();
    }
    for (ListedModel model : wanted) {
      if (!progress.goesOn()) {
        return new Outcome.Superseded();
      }
      Optional<String> failure = load(model);
      if (failure.isPresent()) {
        return new Outcome.Failed(failure.get());
      }
    }
    return absent(wanted);
  }

  /** Awaits that nothing but the wanted models is in memory, for as long as others may not know. */
  private Optional<Outcome> clear(List<ListedModel> wanted, Progress progress)
      throws InterruptedException {
    Instant deadline = clock.instant().plus(limits.unloadLimit());
    Instant clearSince = null;
    String inTheWay = "";
    while (clock.instant().isBefore(deadline)) {
      if (!progress.goesOn()) {
        return Optional.of(new Outcome.Superseded());
      }
      switch (catalog.loaded(limits.callLimit())) {
        case Listing.Unknown(ModelFailure failure) -> inTheWay = failure.reason();
        case Listing.Models loaded -> {
          List<ListedModel> others = others(loaded, wanted);
          if (others.isEmpty()) {
            clearSince = clearSince == null ? clock.instant() : clearSince;
            if (!clearSince.plus(limits.refresh()).isAfter(clock.instant())) {
              return Optional.empty();
            }
          } else {
            clearSince = null;
            inTheWay = others.getFirst().name() + " is still loaded.";
            others.forEach(model -> catalog.unload(model.name(), limits.callLimit()));
          }
        }
      }
      Thread.sleep(PAUSE);
    }
    return Optional.of(
        new Outcome.Failed(
            "Other models did not leave memory in %s: %s"
                .formatted(limits.unloadLimit(), inTheWay)));
  }

  private static List<ListedModel> others(Listing.Models loaded, List<ListedModel> wanted) {
    Listing.Models kept = new Listing.Models(wanted);
    return loaded.models().stream().filter(model -> !kept.has(model)).toList();
  }

  /** Loads one and makes a real call; the reason why it cannot be used, if there is one. */
  private Optional<String> load(ListedModel model) {
    return switch (catalog.load(model.name(), KeepAlive.PINNED, limits.loadLimit())) {
      case Loading.Failed(ModelFailure failure) ->
          Optional.of("Model %s was not loaded: %s".formatted(model.name(), failure.reason()));
      case Loading.Loaded(var use) ->
          catalog
              .probe(model.name(), use, KeepAlive.PINNED, limits.verifyLimit())
              .map(
                  failure ->
                      "Model %s is loaded but does not answer: %s"
                          .formatted(model.name(), failure.reason()));
    };
  }

  /** The last look: a server without enough memory may have dropped one for another. */
  private Outcome absent(List<ListedModel> wanted) {
    return switch (catalog.loaded(limits.callLimit())) {
      case Listing.Unknown(ModelFailure failure) ->
          new Outcome.Failed("The model server cannot be asked: " + failure.reason());
      case Listing.Models loaded ->
          wanted.stream()
              .filter(model -> !loaded.has(model))
              .findFirst()
              .<Outcome>map(
                  model ->
                      new Outcome.Failed(
                          """
                          Model %s was loaded but is gone again: the models of the profile may need \
                          more memory than there is."""
                              .formatted(model.name())))
              .orElseGet(Outcome.Active::new);
    };
  }
}
