package relata.api.generation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WholenessTest {
  @Test
  void hopelessIsWhatHasNothingButDeadDocuments() {
    assertTrue(dead(3, 3, 0).isHopeless());
    assertTrue(dead(3, 2, 1).isHopeless());
  }

  @Test
  void emptyOrSkippedOrPartlyAliveIsNotHopeless() {
    assertFalse(dead(0, 0, 0).isHopeless());
    assertFalse(dead(3, 0, 3).isHopeless());
    assertFalse(dead(3, 2, 0).isHopeless());
  }

  private static Wholeness dead(long documents, long lost, long skipped) {
    return new Wholeness(documents, 0, 0, 0, 0, lost, skipped, 0, 0);
  }
}
