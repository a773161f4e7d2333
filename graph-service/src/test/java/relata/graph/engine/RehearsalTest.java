package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class RehearsalTest {
  /** It runs on a thread of its own, where nobody would hear of a loop beyond an array's end. */
  @Test
  void everyLoopStaysWithinItsArrays() {
    assertDoesNotThrow(Rehearsal::run);
  }
}
