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
          return Duration.ofSeconds(2);
        }

        @Override
        public int backoffFactor() {
          return 5;
        }

        @Override
        public Duration longestBackoff() {
          return Duration.ofMinutes(3);
        }
      };

  @Test
  void itGrowsWithEveryTryUpToTheLongest() {
    long[] seconds = {2, 10, 50, 180, 180};
    for (int attempt = 1; attempt <= seconds.length; attempt++) {
      for (int i = 0; i < 100; i++) {
        Duration wait = Backoff.after(attempt, CONFIG, new Random(i));
        long longest = seconds[attempt - 1] * 1000;
        assertTrue(wait.toMillis() <= longest, () -> "not longer than " + longest);
        assertTrue(wait.toMillis() >= longest / 2, () -> "not shorter than half of " + longest);
      }
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
