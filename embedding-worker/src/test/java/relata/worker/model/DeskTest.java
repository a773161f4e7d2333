package relata.worker.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;

class DeskTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private final AtomicInteger seated = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  @Test
  void batchesWorkTogetherWhileNobodyWaits() {
    Desk desk = new Desk(LONG);
    desk.used(Lane.BACKFILL);
    try (Desk.Place _ = desk.sit(turn(Lane.BACKFILL))) {
      sitDown(desk, Lane.BACKFILL);
      await().until(() -> seated.get() == 1);
    }
  }

  @Test
  void batchesThatNobodyWaitsForGoOneAtATimeWhileSomebodySearches() {
    Desk desk = new Desk(LONG);
    desk.used(Lane.QUERY);
    Desk.Place first = desk.sit(turn(Lane.BACKFILL));
    sitDown(desk, Lane.BACKFILL);
    await().until(() -> threads.getFirst().getState() == Thread.State.WAITING);
    assertEquals(0, seated.get());
    first.close();
    await().until(() -> seated.get() == 1);
  }

  @Test
  void changesWaitForNobody() {
    Desk desk = new Desk(LONG);
    desk.used(Lane.QUERY);
    try (Desk.Place _ = desk.sit(turn(Lane.BACKFILL))) {
      sitDown(desk, Lane.LIVE);
      await().until(() -> seated.get() == 1);
    }
  }

  @Test
  void nobodyIsWaitedForWhoWasHereLongAgo() {
    Desk desk = new Desk(Duration.ofNanos(1));
    desk.used(Lane.LIVE);
    try (Desk.Place _ = desk.sit(turn(Lane.BACKFILL))) {
      sitDown(desk, Lane.BACKFILL);
      await().until(() -> seated.get() == 1);
    }
  }

  @Test
  void whoIsToldToStopWaitsNoLonger() {
    Desk desk = new Desk(LONG);
    desk.used(Lane.LIVE);
    try (Desk.Place _ = desk.sit(turn(Lane.BACKFILL))) {
      sitDown(desk, Lane.BACKFILL);
      threads.getFirst().interrupt();
      await().until(() -> seated.get() == 1);
    }
  }

  private void sitDown(Desk desk, Lane lane) {
    threads.add(
        Thread.startVirtualThread(
            () -> {
              try (Desk.Place _ = desk.sit(turn(lane))) {
                seated.incrementAndGet();
              }
            }));
  }

  private static Turn turn(Lane lane) {
    return new Turn(lane, 1);
  }
}
