package relata.worker.profile;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import relata.worker.catalog.Installed;
import relata.worker.database.DatabaseException;
import relata.worker.loop.Loop;

/** The profile of models that is activated, for all workers alike. */
@Singleton
public final class Profiles {
  private static final Logger LOG = Logger.getLogger(Profiles.class);

  private final ProfileRow row;
  private final ProfileModels models;
  private final ProfileGuard guard;
  private final Activations activations;
  private final Installed installed;
  private final ProfileConfig.Limits limits;
  private final Loop watching;

  Profiles(
      ProfileRow row,
      ProfileModels models,
      ProfileGuard guard,
      Activations activations,
      Installed installed,
      ProfileConfig.Limits limits) {
    this.row = row;
    this.models = models;
    this.guard = guard;
    this.activations = activations;
    this.installed = installed;
    this.limits = limits;
    // While it is not read, what was known goes on to hold.
    this.watching = new Loop("profiles", "profile not read", limits.refresh(), this::watch);
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
    guard.obey(row.read());
    activations.begin(begun);
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
    guard.obey(row.read());
    if (was) {
      LOG.infof("profile deactivated profile=%s", profile);
      activations.unload(profile);
    }
    return was || models.has(profile);
  }

  private boolean watch() throws InterruptedException {
    guard.obey(row.read());
    activations.takeOver();
    Thread.sleep(limits.refresh());
    return true;
  }
}
