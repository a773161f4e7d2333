package relata.worker.profile;

import jakarta.inject.Singleton;
import java.util.Collection;
import org.jboss.logging.Logger;
import relata.worker.catalog.Installed;
import relata.worker.catalog.Listing;
import relata.worker.catalog.ModelCatalog;
import relata.worker.catalog.PinnedModels;
import relata.worker.database.DatabaseException;

/** The activations that this worker does, and what is to leave memory behind them. */
@Singleton
class Activations {
  private static final Logger LOG = Logger.getLogger(Activations.class);

  private final ProfileRow row;
  private final ProfileModels models;
  private final Activation activation;
  private final ProfileGuard guard;
  private final ModelCatalog catalog;
  private final Installed installed;
  private final PinnedModels pinned;
  private final ProfileConfig.Limits limits;

  Activations(
      ProfileRow row,
      ProfileModels models,
      Activation activation,
      ProfileGuard guard,
      ModelCatalog catalog,
      Installed installed,
      PinnedModels pinned,
      ProfileConfig.Limits limits) {
    this.row = row;
    this.models = models;
    this.activation = activation;
    this.guard = guard;
    this.catalog = catalog;
    this.installed = installed;
    this.pinned = pinned;
    this.limits = limits;
  }

  /** Begins what was written down as ours, and returns. */
  void begin(ProfileState begun) {
    Thread.ofVirtual().name("profile-activation").start(() -> activate(begun));
  }

  /** Goes on with an activation that a worker left behind, if there is one. */
  void takeOver() {
    row.takeOver(limits.lease())
        .ifPresent(
            left -> {
              LOG.infof("profile activation taken over profile=%s", left.profile());
              begin(left);
            });
  }

  /** Begins to unload the profile's models that are not pinned, and returns. */
  void unload(String profile) {
    Thread.ofVirtual().name("profile-deactivation").start(() -> unload(profile, pinned.names()));
  }

  private void activate(ProfileState begun) {
    String profile = begun.profile();
    LOG.infof("profile activating profile=%s", profile);
    try (ActivationLease lease = ActivationLease.keep(row, begun, limits.lease())) {
      switch (outcome(profile, lease)) {
        case Activation.Outcome.Active _ -> end(lease, profile, ProfilePhase.ACTIVE, "");
        case Activation.Outcome.Failed(String reason) ->
            end(lease, profile, ProfilePhase.FAILED, reason);
        case Activation.Outcome.Superseded _ -> giveUp(profile);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (DatabaseException outage) {
      // Nobody renews it now, so that it will be taken over.
      LOG.warnf(
          "profile activation broken off profile=%s reason=\"%s\"", profile, outage.getMessage());
    }
  }

  /** What nobody foresaw would meet the next worker, too. */
  private Activation.Outcome outcome(String profile, ActivationLease lease)
      throws InterruptedException {
    try {
      return activation.run(profile, lease::holds);
    } catch (DatabaseException outage) {
      throw outage;
    } catch (RuntimeException | Error bug) {
      LOG.errorf(bug, "profile activation failed unexpectedly profile=%s", profile);
      return new Activation.Outcome.Failed("The worker failed: " + bug);
    }
  }

  private void end(ActivationLease lease, String profile, ProfilePhase phase, String reason) {
    if (lease.end(phase, reason)) {
      LOG.infof("profile %s profile=%s reason=\"%s\"", phase.stored(), profile, reason);
      guard.obey(row.read());
      if (phase == ProfilePhase.FAILED) {
        // Nobody may call them now, and they would stay for ever.
        unload(profile, pinned.names());
      }
    } else {
      giveUp(profile);
      guard.obey(row.read());
    }
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
    Listing.Models server = installed.lastKnown();
    for (String model : models.of(profile, server)) {
      if (!wanted.contains(model) && server.find(model).isPresent()) {
        catalog
            .unload(model, limits.callLimit())
            .ifPresent(
                failure ->
                    LOG.warnf(
                        "model not unloaded model=%s reason=\"%s\"", model, failure.reason()));
      }
    }
  }
}
