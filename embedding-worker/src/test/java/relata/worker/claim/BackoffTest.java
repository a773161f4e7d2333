package relata.worker.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final ClaimConfig CONFIG =
      new ClaimConfig() {
        @Override
        public Duration lease() {
          return Duration.ofSeconds(60);
        }

        @Override
        public int maxAttempts() {
          return 5;
        }

        @Override
        public Duration backoff() {
          return Duration.ofSeconds(30);
        }

        @Override
        public Duration longestBackoff() {
          return Duration.ofMinutes(5);
        }
      };

  @Test
  void itIsAnywhereBetweenAFloorAndACeilingThatDoubles() {
    long[] ceilings = {60, 120, 240, 300, 300};
    for (int attempt = 1; attempt <= ceilings.length; attempt++) {
      Duration shortest = Duration.ofDays(1);
      Duration longest = Duration.ZERO;
      for (int i = 0; i < 1000; i++) {
        Duration wait = Backoff.after(attempt, CONFIG, new Random(i * 7919L));
        shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
      Duration ceiling = Duration.ofSeconds(ceilings[attempt - 1]);
      assertTrue(shortest.compareTo(Duration.ofSeconds(30)) >= 0, "not before the floor");
      assertTrue(shortest.compareTo(Duration.ofSeconds(35)) < 0, "down to the floor");
      assertTrue(longest.compareTo(ceiling) <= 0, "not after the ceiling");
      assertTrue(longest.compareTo(ceiling.multipliedBy(9).dividedBy(10)) > 0, "up to it");
    }
  }

  @Test
  void documentsThatFailedTogetherDoNotComeBackTogether() {
    Random random = new Random(1);
    long different =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(_ -> Backoff.after(2, CONFIG, random))
            .distinct()
            .count();
    assertEquals(50, different);
  }
}
