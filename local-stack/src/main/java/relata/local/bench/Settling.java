package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;

/** Waits until nothing more happens to a collection's documents. */
final class Settling {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration TELL = Duration.ofSeconds(10);

  /** Longer than the wait of a document that failed once, and the sweep after it. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Settling() {}

  /**
   * @throws IllegalStateException if their number does not grow any more before that
   */
  static void await(BenchStack stack, long generation, int documents)
      throws SQLException, InterruptedException {
    long settled = 0;
    long grewAt = System.nanoTime();
    long toldAt = grewAt;
    while (settled < documents) {
      Thread.sleep(LOOK);
      long now = stack.features().settled(generation);
      if (now > settled) {
        grewAt = System.nanoTime();
      } else if (System.nanoTime() - grewAt > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%d of %d documents have their features, and for %d s no more came. Log: %s"
                .formatted(now, documents, PATIENCE.toSeconds(), stack.worker().logFile()));
      }
      settled = now;
      if (System.nanoTime() - toldAt > TELL.toNanos()) {
        toldAt = System.nanoTime();
        stack.say("%,d of %,d documents".formatted(settled, documents));
      }
    }
  }
}
