package relata.worker.profile;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import relata.worker.catalog.Installed;
import relata.worker.catalog.Listing;
import relata.worker.catalog.ModelCatalog;
import relata.worker.catalog.PinnedModels;
import relata.worker.database.DatabaseException;
import relata.worker.loop.Loop;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelGuard;

/**
 * The profile of models that is activated, for all workers alike. While there is one, calls to a
 * model that it does not have, and that is not pinned, are refused: the server would load it, and
 * throw out another or run out of memory.
 */
@Singleton
public final class Profiles implements ModelGuard {
  private static final Logger LOG = Logger.getLogger(Profiles.class);

  /** What is enforced now. */
  private record Current(ProfileState state, Listing.Models kept, Listing.Models installed) {}

  private final ProfileRow row;
  private final ProfileModels models;
  private final Activation activation;
  private final ModelCatalog catalog;
  private final Installed installed;
  private final PinnedModels pinned;
  private final ProfileConfig.Limits limits;
  private final AtomicReference<Current> current = new AtomicReference<>();
  private final Loop watching;

  Profiles(
      ProfileRow row,
      ProfileModels models,
      Activation activation,
      ModelCatalog catalog,
      Installed installed,
      PinnedModels pinned,
      ProfileConfig.Limits limits) {
    this.row = row;
    this.models = models;
    this.activation = activation;
    this.catalog = catalog;
    this.installed = installed;
    this.pinned = pinned;
    this.limits = limits;
    this.watching =
        // What was known goes on to hold.
        new Loop("profiles", "profile not read", limits.refresh(), this::watch);
  }

  /** Begins to obey what was activated, here or by another worker. */
  public void start() {
    watching.start();
  }

  public void stop() throws InterruptedException {
    watching.stop();
    watching.join();
  }

  /** The names of the configured profiles, in order. */
  public List<String> names() {
    return models.names();
  }

  /** The full names of a profile's models. */
  public List<String> models(String profile) {
    return models.of(profile, installed.lastKnown());
  }

  /** The profile that was asked for last, read now. */
  public Optional<ProfileState> state() {
    return row.read();
  }

  @Override
  public Optional<ModelFailure.Busy> refusal(String model) {
    Current known = current.get();
    if (known == null || known.kept().has(ProfileModels.listed(model, known.installed()))) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelFailure.Busy(
            "profile", words(known.state(), model), Optional.of(limits.refusedWait())));
  }

  /** Whether the model stays in memory between its calls. */
  public boolean keeps(String model) {
    Current known = current.get();
    return pinned.has(model)
        || (known != null && known.kept().has(ProfileModels.listed(model, known.installed())));
  }

  /**
   * Begins to activate a profile, and returns.
   *
   * @return false when the configuration does not have it
   * @throws DatabaseException when it cannot be written down
   */
  public boolean activate(String profile) {
    if (!models.has(profile)) {
      return false;
    }
    ProfileState begun = row.begin(profile);
    refresh();
    begin(begun);
    return true;
  }

  /**
   * Ends the restriction to a profile, if it is the one that was activated, and begins to unload
   * its models that are not pinned.
   *
   * @return false when nobody knows the profile
   */
  public boolean deactivate(String profile) {
    boolean was = row.remove(profile);
    refresh();
    if (was) {
      LOG.infof("profile deactivated profile=%s", profile);
      Thread.ofVirtual().name("profile-deactivation").start(() -> unload(profile, pinned.names()));
    }
    return was || models.has(profile);
  }

  private boolean watch() throws InterruptedException {
    refresh();
    row.takeOver(limits.abandonedAfter())
        .ifPresent(
            left -> {
              LOG.infof("profile activation taken over profile=%s", left.profile());
              begin(left);
            });
    Thread.sleep(limits.refresh());
    return true;
  }

  private void refresh() {
    current.set(row.read().map(this::enforced).orElse(null));
  }

  /** While a profile is not whole only pinned models are sure to be in nobody's way. */
  private Current enforced(ProfileState state) {
    Listing.Models server =
        installed.recent() instanceof Listing.Models models ? models : installed.lastKnown();
    List<String> kept =
        state.phase() == ProfilePhase.ACTIVE
            ? models.kept(state.profile(), server)
            : List.copyOf(pinned.names());
    return new Current(state, new Listing.Models(ProfileModels.listed(kept, server)), server);
  }

  private void begin(ProfileState begun) {
    Thread.ofVirtual().name("profile-activation").start(() -> activate(begun));
  }

  private void activate(ProfileState begun) {
    AtomicReference<ProfileState> mine = new AtomicReference<>(begun);
    try {
      LOG.infof("profile activating profile=%s", begun.profile());
      var outcome = activation.run(begun.profile(), () -> renew(mine));
      switch (outcome) {
        case Activation.Outcome.Active _ -> end(mine.get(), ProfilePhase.ACTIVE, "");
        case Activation.Outcome.Failed(String reason) ->
            end(mine.get(), ProfilePhase.FAILED, reason);
        case Activation.Outcome.Superseded _ -> giveUp(begun.profile());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (DatabaseException outage) {
      // Nobody renews it now, so that it will be taken over.
      LOG.warnf(
          "profile activation broken off profile=%s reason=\"%s\"",
          begun.profile(), outage.getMessage());
    }
  }

  private boolean renew(AtomicReference<ProfileState> mine) {
    Optional<ProfileState> renewed = row.renew(mine.get());
    renewed.ifPresent(mine::set);
    return renewed.isPresent();
  }

  private void end(ProfileState mine, ProfilePhase phase, String reason) {
    if (row.change(mine, phase, reason).isPresent()) {
      LOG.infof("profile %s profile=%s reason=\"%s\"", phase.stored(), mine.profile(), reason);
    } else {
      giveUp(mine.profile());
    }
    refresh();
  }

  /** What was loaded after somebody asked for something else would stay in memory for ever. */
  private void giveUp(String profile) {
    LOG.infof("profile activation given up profile=%s", profile);
    unload(
        profile,
        row.read()
            .<Collection<String>>map(now -> models.kept(now.profile(), installed.lastKnown()))
            .orElseGet(pinned::names));
  }

  private void unload(String profile, Collection<String> wanted) {
    for (String model : models(profile)) {
      if (!wanted.contains(model)) {
        catalog
            .unload(model, limits.callLimit())
            .ifPresent(
                failure ->
                    LOG.warnf(
                        "model not unloaded model=%s reason=\"%s\"", model, failure.reason()));
      }
    }
  }

  private static String words(ProfileState state, String model) {
    String profile = state.profile();
    return switch (state.phase()) {
      case ACTIVATING -> "Model %s waits until profile %s is activated.".formatted(model, profile);
      case ACTIVE ->
          "Model %s is not in the active profile %s: activate a profile that has it."
              .formatted(model, profile);
      case FAILED ->
          """
          Model %s waits, since profile %s could not be activated: activate it again, or \
          deactivate it."""
              .formatted(model, profile);
    };
  }
}
