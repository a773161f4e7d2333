package relata.worker.backfill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ProgressTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void theLineTellsHowFarAndHowFast() {
    Progress progress = new Progress(remaining(45_000, 0, 0, 0), 0);
    progress.update(remaining(43_800, 3, 0, 1), 4 * SECOND);
    assertEquals(
        "backfill done=1200 total=45000 rate=300.0/s eta=2m26s failed=3 dead=1", progress.line());
  }

  @Test
  void whatIsWrittenMeanwhileMakesTheTotalGrow() {
    Progress progress = new Progress(remaining(100, 0, 0, 0), 0);
    progress.update(remaining(40, 0, 0, 0), SECOND);
    progress.update(remaining(70, 0, 0, 0), 2 * SECOND);
    assertEquals("backfill done=60 total=130 rate=30.0/s eta=2s failed=0 dead=0", progress.line());
  }

  @Test
  void theRateIsThatOfTheLastMinute() {
    Progress progress = new Progress(remaining(10_000, 0, 0, 0), 0);
    progress.update(remaining(9_000, 0, 0, 0), SECOND);
    for (int second = 2; second <= 200; second++) {
      progress.update(remaining(9_000, 0, 0, 0), second * SECOND);
    }
    assertEquals(
        "backfill done=1000 total=10000 rate=0.0/s eta=unknown failed=0 dead=0", progress.line());
  }

  private static Remaining remaining(long pending, long failed, long waiting, long dead) {
    return new Remaining(pending, failed, waiting, dead, 0, 0);
  }
}
