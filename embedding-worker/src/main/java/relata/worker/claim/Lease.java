package relata.worker.claim;

import java.time.Duration;
import relata.worker.loop.Loop;

/** Keeps a claim alive while it is being worked on. */
public final class Lease implements AutoCloseable {
  private final Loop heartbeat;

  private Lease(Loop heartbeat) {
    this.heartbeat = heartbeat;
  }

  /** Renews the claim's lease until it is closed. */
  public static Lease keep(Claims claims, Claim claim) {
    Duration pause = claims.heartbeat();
    Loop heartbeat =
        new Loop(
            "lease",
            "lease not renewed claim=" + claim.id(),
            // The next one may succeed; if none does, the fence keeps us from writing.
            pause.dividedBy(10),
            () -> {
              Thread.sleep(pause);
              claims.renew(claim);
              return true;
            });
    heartbeat.start();
    return new Lease(heartbeat);
  }

  @Override
  public void close() {
    heartbeat.stop();
  }
}
