package relata.worker.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TokenBucketTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void theRateIsKeptOverManyBatches() {
    TokenBucket bucket = new TokenBucket(50, 10, 0);
    long now = 0;
    for (int batch = 0; batch < 100; batch++) {
      now += bucket.take(10, now).toNanos();
    }
    // The first goes on what there was, and each further waits for its own.
    assertEquals(990 / 50.0, now / (double) SECOND, 0.01);
  }

  @Test
  void aRestIsNotMadeUpForBeyondWhatMayGoAtOnce() {
    TokenBucket bucket = new TokenBucket(10, 20, 0);
    assertEquals(Duration.ZERO, bucket.take(20, 3600 * SECOND));
    assertEquals(Duration.ofSeconds(1), bucket.take(10, 3600 * SECOND));
  }

  @Test
  void aBatchThatIsLargerThanTheBucketGoesOnCredit() {
    TokenBucket bucket = new TokenBucket(10, 10, 0);
    assertEquals(Duration.ofSeconds(9), bucket.take(100, 0));
  }
}
