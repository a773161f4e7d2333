package relata.worker.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import relata.worker.pipeline.Wakeups.Wakeup;

class WakeupsTest {
  private final Wakeups wakeups = new Wakeups(Clock.systemUTC());

  @Test
  void theFirstIsASweepAtOnce() throws InterruptedException {
    assertEquals(Wakeup.SWEEP, wakeups.await());
  }

  @Test
  void theEarliestTimeCounts() throws Exception {
    wakeups.await();
    wakeups.sweepIn(Duration.ofHours(1));
    wakeups.dueIn(Duration.ofMillis(10));
    wakeups.dueIn(Duration.ofHours(2));
    assertEquals(Wakeup.DUE, wakeups.await());
  }

  @Test
  void aNewTimeIsHeardWhileWaiting() throws Exception {
    wakeups.await();
    wakeups.sweepIn(Duration.ofHours(1));
    var next = CompletableFuture.supplyAsync(this::await);
    assertThrows(TimeoutException.class, () -> next.get(100, TimeUnit.MILLISECONDS));
    wakeups.sweepIn(Duration.ZERO);
    assertEquals(Wakeup.SWEEP, next.get(30, TimeUnit.SECONDS));
  }

  @Test
  void aSweepDoesWhatIsDueToo() throws Exception {
    wakeups.await();
    wakeups.dueIn(Duration.ZERO);
    wakeups.sweepIn(Duration.ZERO);
    assertEquals(Wakeup.SWEEP, wakeups.await());
    var next = CompletableFuture.supplyAsync(this::await);
    assertThrows(TimeoutException.class, () -> next.get(50, TimeUnit.MILLISECONDS));
    wakeups.dueIn(Duration.ZERO);
    assertEquals(Wakeup.DUE, next.get(30, TimeUnit.SECONDS));
  }

  @Test
  void aCountDoesWhatIsDueToo() throws Exception {
    wakeups.await();
    wakeups.dueIn(Duration.ZERO);
    wakeups.in(Wakeup.COUNT, Duration.ZERO);
    assertEquals(Wakeup.COUNT, wakeups.await());
    wakeups.sweepIn(Duration.ofMillis(50));
    assertEquals(Wakeup.SWEEP, wakeups.await());
  }

  private Wakeup await() {
    try {
      return wakeups.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
