package relata.worker.claim;

import java.time.Duration;
import org.jboss.logging.Logger;
import relata.worker.database.DatabaseException;

/** Keeps a claim alive while it is being worked on. */
public final class Lease implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Lease.class);

  private final Thread heartbeat;

  private Lease(Thread heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** Renews the claim's lease until it is closed. */
  public static Lease keep(Claims claims, Claim claim) {
    Duration pause = claims.heartbeat();
    return new Lease(Thread.ofVirtual().name("lease").start(() -> renew(claims, claim, pause)));
  }

  private static void renew(Claims claims, Claim claim, Duration pause) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(pause);
        claims.renew(claim);
      } catch (InterruptedException closed) {
        return;
      } catch (DatabaseException outage) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        // The next one may succeed; if none does, the fence keeps us from writing.
        LOG.warnf("lease not renewed claim=%s reason=\"%s\"", claim.id(), outage.getMessage());
      }
    }
  }

  @Override
  public void close() {
    heartbeat.interrupt();
  }
}
