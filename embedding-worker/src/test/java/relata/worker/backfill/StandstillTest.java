package relata.worker.backfill;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StandstillTest {
  private final Standstill standstill = new Standstill(Duration.ofMinutes(5));
  private Instant now = Instant.EPOCH;

  @Test
  void whereNothingHappensItLastsAfterTheLimit() {
    assertFalse(lasts(0, left(10, 0, 0, 0)));
    assertFalse(lasts(299, left(10, 0, 0, 0)));
    assertTrue(lasts(1, left(10, 0, 0, 0)));
  }

  @Test
  void aDocumentThatBecomesDoneOrDeadBeginsItAnew() {
    lasts(0, left(10, 0, 0, 0));
    assertFalse(lasts(299, left(9, 0, 0, 0)));
    assertFalse(lasts(299, left(9, 1, 0, 0)));
    assertFalse(lasts(299, left(9, 1, 0, 0)));
    assertTrue(lasts(1, left(9, 1, 0, 0)));
  }

  @Test
  void whatIsWrittenMeanwhileIsNoProgressAndHidesNone() {
    lasts(0, left(10, 0, 0, 0));
    assertFalse(lasts(200, left(60, 0, 0, 0)));
    assertFalse(lasts(99, left(50, 0, 0, 0)), "ten more are done");
    assertFalse(lasts(299, left(70, 0, 0, 0)));
    assertTrue(lasts(1, left(70, 0, 0, 0)));
  }

  @Test
  void aTryThatCountsIsProgressAndOneThatDoesNotIsNone() {
    lasts(0, left(10, 0, 4, 0));
    assertFalse(lasts(299, left(10, 0, 5, 0)));
    assertFalse(lasts(100, left(10, 0, 4, 0)), "one is in work just now");
    assertFalse(lasts(199, left(10, 0, 5, 0)), "and gave its try back");
    assertTrue(lasts(1, left(10, 0, 5, 0)));
  }

  @Test
  void aDocumentThatIsDueLaterIsProgressToCome() {
    lasts(0, left(10, 0, 4, 0));
    assertFalse(lasts(600, left(10, 0, 4, 1)));
    assertFalse(lasts(299, left(10, 0, 4, 0)));
    assertTrue(lasts(1, left(10, 0, 4, 0)));
  }

  @Test
  void itLastsLongAfterTwiceTheLimit() {
    lasts(0, left(10, 0, 0, 0));
    assertTrue(lasts(599, left(10, 0, 0, 0)));
    assertFalse(standstill.lastsLong(now));
    assertTrue(lasts(1, left(10, 0, 0, 0)));
    assertTrue(standstill.lastsLong(now));
  }

  private boolean lasts(long seconds, Remaining remaining) {
    now = now.plusSeconds(seconds);
    return standstill.lasts(remaining, now);
  }

  private static Remaining left(long pending, long dead, long tries, long due) {
    return new Remaining(pending, 0, 0, dead, tries, due);
  }
}
