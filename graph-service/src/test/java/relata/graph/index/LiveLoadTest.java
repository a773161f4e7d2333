package relata.graph.index;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveLoadTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private final LiveLoad load =
      new LiveLoad(
          TuneConfigs.with(
              Map.of(
                  "relata.tune.max-searches-in-flight", "1",
                  "relata.tune.max-searches-per-second", "2")),
          () -> now);

  private void search(int times) {
    for (int i = 0; i < times; i++) {
      load.searching().close();
    }
  }

  @Test
  void searchesUnderWayAreLoad() {
    try (LiveLoad.Searching first = load.searching()) {
      assertFalse(load.isHigh());
      try (LiveLoad.Searching second = load.searching()) {
        assertTrue(load.isHigh());
      }
      assertFalse(load.isHigh());
    }
  }

  @Test
  void searchesOfTheLastTenSecondsAreLoad() {
    search(10);
    now = now.plusSeconds(3);
    search(10);
    assertFalse(load.isHigh());
    search(1);
    assertTrue(load.isHigh());
    now = now.plusSeconds(7);
    assertFalse(load.isHigh());
    now = now.plusSeconds(60);
    assertFalse(load.isHigh());
  }

  @Test
  void aRunPausesUntilTheLoadEnds() {
    LiveLoad.Searching one = load.searching();
    LiveLoad.Searching two = load.searching();
    AtomicInteger renewed = new AtomicInteger();
    Gate gate =
        new Gate(
            load,
            LONG,
            Duration.ZERO,
            () -> {
              // It goes on saying that it goes on, while it waits.
              if (renewed.incrementAndGet() == 3) {
                two.close();
              }
              return true;
            });
    gate.pass();
    assertTrue(renewed.get() >= 3);
    one.close();
  }

  @Test
  void aRunIsGivenUpWhenSearchesLeaveNoTime() {
    LiveLoad.Searching one = load.searching();
    LiveLoad.Searching two = load.searching();
    Gate gate = new Gate(load, Duration.ofMillis(150), LONG, () -> true);
    Stopped stopped = assertThrows(Stopped.class, gate::pass);
    assertTrue(stopped.getMessage().contains("no time"), stopped.getMessage());
    one.close();
    two.close();
    gate.pass();
  }

  @Test
  void aRunThatIsSomebodyElsesEnds() {
    AtomicBoolean ours = new AtomicBoolean(true);
    Gate gate = new Gate(load, LONG, Duration.ZERO, ours::get);
    gate.pass();
    ours.set(false);
    assertThrows(Stopped.class, gate::pass);
  }
}
