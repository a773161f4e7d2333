package relata.api.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import relata.api.limit.Decision.Refused;
import relata.api.limit.Decision.Taken;
import relata.api.limit.Decision.Unknown;

class ShareTest {
  private static final long MILLIS = 1_000_000;
  private static final Rate RATE = new Rate(100, 50, 10);

  private final Share share = new Share(RATE, 0);

  @Test
  void asksBeforeItHandsOutAndThenForNothingUntilItRunsLow() {
    assertInstanceOf(Unknown.class, share.take(0));
    assertEquals(11, share.wish(0).orElseThrow(), "a slice, and one for who waits");
    assertTrue(share.wish(0).isEmpty(), "somebody asks already");
    share.granted(11, 11, 39, 0);
    for (int i = 0; i < 5; i++) {
      assertEquals(new Taken(39 + 10 - i), share.take(0));
    }
    assertTrue(share.wish(0).isEmpty());
    share.take(0);
    assertEquals(10, share.wish(0).orElseThrow(), "ahead of those that will need them");
    assertInstanceOf(Taken.class, share.take(0), "nobody waits while it asks");
  }

  @Test
  void whatTheBucketHadNotIsRefusedWithoutAskingUntilItHasASliceAgain() {
    share.take(0);
    share.granted(share.wish(0).orElseThrow(), 1, 0.5, 0);
    assertInstanceOf(Taken.class, share.take(0));
    assertEquals(new Refused(Duration.ofMillis(95)), share.take(0));
    assertTrue(share.wish(94 * MILLIS).isEmpty());
    assertInstanceOf(Unknown.class, share.take(95 * MILLIS));
    assertTrue(share.wish(95 * MILLIS).isPresent());
  }

  @Test
  void whoWaitsIsToldWhenTheAnswerIsThere() {
    share.take(0);
    share.wish(0).orElseThrow();
    var asked = share.asked();
    assertFalse(asked.isDone());
    share.granted(11, 0, 0.25, 0);
    assertTrue(asked.isDone());
    assertInstanceOf(Refused.class, share.take(0));
  }

  @Test
  void keepsTheRateByItselfWhileNobodyCanBeAsked() {
    int taken = 0;
    for (long millis = 0; millis < 10_000; millis++) {
      for (int requests = 0; requests < 5; requests++) {
        long now = millis * MILLIS;
        taken += share.take(now) instanceof Taken ? 1 : 0;
        share.wish(now).ifPresent(_ -> share.failed(now));
      }
    }
    assertEquals(1_000, taken, 20);
  }

  @Test
  void aRateOfOneNeedsNoMoreThanOneAtATime() {
    assertEquals(1, new Share(new Rate(1, 1, 1), 0).wish(0).orElseThrow());
  }
}
