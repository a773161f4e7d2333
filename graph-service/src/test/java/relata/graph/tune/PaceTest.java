package relata.graph.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import relata.graph.tune.Pace.Observed;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final double BAR = 0.95;

  private final Pace pace =
      new Pace(30, Duration.ofHours(6), Duration.ofHours(12), Duration.ofMinutes(10), 1.5, 10_000);

  private int documents = 5_000;
  private int chunks = 20_000;
  private int queries = 300;
  private boolean isCertain = true;
  private Instant measuredAt;
  private Instant changedAt;
  private Instant endedAt;
  private Integer tunedDocuments;
  private long changedDocuments;
  private int trials;

  private Optional<Cause> due() {
    return pace.due(
        new Observed(
            documents,
            chunks,
            queries,
            isCertain,
            measuredAt,
            changedAt,
            endedAt,
            tunedDocuments,
            changedDocuments,
            trials),
        BAR,
        NOW);
  }

  private static Instant before(Duration span) {
    return NOW.minus(span);
  }

  @Test
  void whatWasNeverTunedIsWhenItIsLargeAndAsked() {
    assertEquals(Optional.of(Cause.GROWTH), due());
    chunks = 9_999;
    assertEquals(Optional.empty(), due());
    chunks = 10_000;
    queries = 51;
    assertEquals(Optional.empty(), due());
  }

  @Test
  void growthShrinkingAndChangeAreReasonsToTuneAgain() {
    tunedDocuments = 5_000;
    assertEquals(Optional.empty(), due());
    documents = 7_500;
    assertEquals(Optional.of(Cause.GROWTH), due());
    documents = 3_333;
    assertEquals(Optional.of(Cause.GROWTH), due());
    documents = 5_000;
    changedDocuments = 2_500;
    assertEquals(Optional.of(Cause.GROWTH), due());
  }

  @Test
  void nothingBeginsByItselfWhileItCoolsDown() {
    changedAt = before(Duration.ofHours(5));
    assertEquals(Optional.empty(), due());
    assertTrue(pace.isCoolingDown(changedAt, NOW));
    changedAt = before(Duration.ofHours(6));
    assertEquals(Optional.of(Cause.GROWTH), due());
    assertFalse(pace.isCoolingDown(changedAt, NOW));
    assertFalse(pace.isCoolingDown(null, NOW));
  }

  @Test
  void whatServesIsCheckedFromTimeToTimeEvenWhileItCoolsDown() {
    tunedDocuments = 5_000;
    isCertain = false;
    changedAt = before(Duration.ofHours(5));
    measuredAt = before(Duration.ofHours(5));
    assertEquals(Optional.empty(), due());
    measuredAt = before(Duration.ofHours(12));
    assertEquals(Optional.of(Cause.CHECK), due());
    measuredAt = null;
    assertEquals(Optional.of(Cause.CHECK), due());
    isCertain = true;
    assertEquals(Optional.empty(), due());
  }

  @Test
  void whatServesIsCheckedWhenTheCollectionHasBecomeAnotherWhileItCoolsDown() {
    isCertain = false;
    tunedDocuments = 5_000;
    changedAt = before(Duration.ofHours(1));
    measuredAt = before(Duration.ofHours(1));
    assertEquals(Optional.empty(), due());
    documents = 7_500;
    assertEquals(Optional.of(Cause.CHECK), due());
  }

  @Test
  void aRunThatEndedIsNotRepeatedAtOnce() {
    endedAt = before(Duration.ofMinutes(9));
    assertEquals(Optional.empty(), due());
    endedAt = before(Duration.ofMinutes(10));
    assertEquals(Optional.of(Cause.GROWTH), due());
  }

  @Test
  void anHourHasSoManyTrialsAndNoMore() {
    trials = 15;
    assertEquals(Optional.of(Cause.GROWTH), due());
    trials = 16;
    assertEquals(Optional.empty(), due());
    isCertain = false;
    trials = 28;
    assertEquals(Optional.of(Cause.CHECK), due());
    trials = 29;
    assertEquals(Optional.empty(), due());
    assertEquals(1, pace.trialsLeft(29));
    assertEquals(0, pace.trialsLeft(31));
  }
}
