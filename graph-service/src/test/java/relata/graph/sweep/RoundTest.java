package relata.graph.sweep;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SOON = Duration.ofMillis(10);

  @Test
  void whatFailedIsDoneAgainSoon() throws InterruptedException {
    assertTrue(isDoneAgain(false));
    assertFalse(isDoneAgain(true), "what did not waits for the interval");
  }

  private static boolean isDoneAgain(boolean whole) throws InterruptedException {
    CountDownLatch twice = new CountDownLatch(2);
    Round round =
        new Round(
            "round",
            LONG,
            SOON,
            () -> {
              twice.countDown();
              return whole;
            });
    round.start();
    try {
      return twice.await(whole ? 200 : 10_000, TimeUnit.MILLISECONDS);
    } finally {
      round.stop();
    }
  }
}
