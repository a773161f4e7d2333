package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CourtesyTest {
  private long nanos = Long.MAX_VALUE - 1;
  private final Courtesy courtesy = new Courtesy(50, () -> nanos);

  private void pass(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void nobodyIsWaitedForWhoDoesNotWrite() {
    assertFalse(courtesy.awaitMore());
  }

  @Test
  void theEndOfTheWritesIsWaitedFor() {
    courtesy.wrote();
    assertTrue(courtesy.awaitMore());
    pass(30);
    courtesy.wrote();
    pass(49);
    assertTrue(courtesy.awaitMore());
    pass(1);
    assertFalse(courtesy.awaitMore());
  }

  @Test
  void whatIsDueNextIsWaitedForAsLong() {
    courtesy.wrote();
    assertTrue(courtesy.awaitMore());
    courtesy.awaitNoMore();
    pass(3_600_000);
    courtesy.wrote();
    assertTrue(courtesy.awaitMore());
  }

  @Test
  void writesThatDoNotEndAreNotWaitedForForEver() {
    for (int round = 0; round < 2; round++) {
      courtesy.wrote();
      assertTrue(courtesy.awaitMore());
      for (int write = 0; write < 100; write++) {
        pass(19);
        courtesy.wrote();
        assertTrue(courtesy.awaitMore());
      }
      pass(100);
      courtesy.wrote();
      assertFalse(courtesy.awaitMore());
    }
  }
}
