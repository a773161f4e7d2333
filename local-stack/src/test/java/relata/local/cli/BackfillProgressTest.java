package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackfillProgressTest {
  @Test
  void isReadFromALogLineWhateverStandsBeforeIt() {
    assertEquals(
        Optional.of(new BackfillProgress(1200, 45_000, "312.4/s", "2m20s", 3, 1)),
        BackfillProgress.parse(
            "2026-01-01T00:00:00Z INFO  [re.wo.backfill] "
                + "backfill done=1200 total=45000 rate=312.4/s eta=2m20s failed=3 dead=1"));
  }

  @Test
  void isNotReadFromOtherLines() {
    assertEquals(Optional.empty(), BackfillProgress.parse("consumer ready"));
    assertEquals(Optional.empty(), BackfillProgress.parse("backfill begins total=45000"));
  }

  @Test
  void summarisesTheEnd() {
    assertEquals(
        "3 of 4 documents are done, 0 failed, 1 dead.",
        new BackfillProgress(3, 4, "1.0/s", "0s", 0, 1).summary());
    assertEquals("Nothing is stale.", new BackfillProgress(0, 0, "0.0/s", "0s", 0, 0).summary());
    assertEquals(
        "Nothing is stale; 2 dead.", new BackfillProgress(0, 0, "0.0/s", "0s", 0, 2).summary());
  }

  @Test
  void saysWhatTheNumberDoesNot() {
    assertEquals(
        "312.4/s, 2m20s left, 3 failed, 1 dead",
        new BackfillProgress(1200, 45_000, "312.4/s", "2m20s", 3, 1).note());
  }
}
