package relata.local.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void everythingIsDoneOnceWhenItIsDue() throws InterruptedException {
    Set<Integer> done = new ConcurrentSkipListSet<>();
    long start = System.nanoTime();
    assertEquals(10, Pace.keep(100, Duration.ofMillis(100), (i, due) -> done.add(i)));
    assertTrue(System.nanoTime() - start >= Duration.ofMillis(90).toNanos());
    assertEquals(Set.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), done);
  }

  @Test
  void whatFailsIsNotTakenForDoneAndItsCausesAreCounted() {
    IllegalStateException failed =
        assertThrows(
            IllegalStateException.class,
            () ->
                Pace.keep(
                    1000,
                    Duration.ofMillis(4),
                    (i, due) -> {
                      if (i > 0) {
                        throw new IllegalArgumentException(i == 2 ? "too slow" : "no room");
                      }
                    }));
    assertEquals("3 of 4 failed: 2 × no room; 1 × too slow", failed.getMessage());
  }
}
