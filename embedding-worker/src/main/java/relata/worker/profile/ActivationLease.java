package relata.worker.profile;

import java.time.Duration;
import java.util.Optional;
import relata.worker.database.DatabaseException;
import relata.worker.loop.Loop;

/**
 * The right to activate a profile. It is renewed by itself for as long as it is open, however long
 * a model takes to be loaded, so that the silence after which another worker goes on may be short.
 */
final class ActivationLease implements AutoCloseable {
  private static final int RENEWALS = 4;

  private final ProfileRow row;
  private final Loop heartbeat;

  /** As we wrote it last; null when it is not ours any more. */
  private ProfileState mine;

  private ActivationLease(ProfileRow row, ProfileState begun, Duration lease) {
    this.row = row;
    this.mine = begun;
    Duration pause = lease.dividedBy(RENEWALS);
    this.heartbeat =
        new Loop(
            "profile-lease",
            "profile activation not renewed profile=" + begun.profile(),
            pause,
            () -> {
              Thread.sleep(pause);
              return holds();
            });
  }

  /** Keeps what was begun or taken over. */
  static ActivationLease keep(ProfileRow row, ProfileState begun, Duration lease) {
    ActivationLease kept = new ActivationLease(row, begun, lease);
    kept.heartbeat.start();
    return kept;
  }

  /**
   * Renews it.
   *
   * @return false when something else was asked for, or another worker took it over
   * @throws DatabaseException when the database does not say
   */
  synchronized boolean holds() {
    return change(ProfilePhase.ACTIVATING, "");
  }

  /**
   * Ends the activation.
   *
   * @return false when it was not ours any more
   * @throws DatabaseException when the database does not say
   */
  synchronized boolean end(ProfilePhase phase, String reason) {
    return change(phase, reason);
  }

  @Override
  public void close() {
    heartbeat.stop();
  }

  private boolean change(ProfilePhase phase, String reason) {
    mine =
        Optional.ofNullable(mine).flatMap(known -> row.change(known, phase, reason)).orElse(null);
    return mine != null;
  }
}
