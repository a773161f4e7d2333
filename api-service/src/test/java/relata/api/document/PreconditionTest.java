package relata.api.document;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import relata.api.problem.ProblemException;

class PreconditionTest {
  private static final Tag CURRENT = Tag.of(7, 3);

  @Test
  void matchHoldsForOneOfItsTags() {
    assertDoesNotThrow(() -> Precondition.of("\"7-3\"", null).demand(CURRENT));
    assertDoesNotThrow(() -> Precondition.of("\"1-1\" , \"7-3\"", null).demand(CURRENT));
  }

  @Test
  void failedMatchSaysTheCurrentTag() {
    ProblemException failed =
        assertThrows(
            ProblemException.class, () -> Precondition.of("\"7-2\"", null).demand(CURRENT));
    assertEquals(412, failed.problem().status());
    assertTrue(failed.problem().detail().contains("\"7-3\""));
  }

  @Test
  void weakTagMatchesNoChange() {
    Precondition weak = Precondition.of("W/\"7-3\"", null);
    assertThrows(ProblemException.class, () -> weak.demand(CURRENT));
  }

  @Test
  void starDemandsThatTheDocumentExists() {
    assertDoesNotThrow(() -> Precondition.of("*", null).demand(CURRENT));
    assertThrows(ProblemException.class, () -> Precondition.of("*", null).demand(null));
  }

  @Test
  void noneMatchStarDemandsThatItDoesNot() {
    assertDoesNotThrow(() -> Precondition.of(null, "*").demand(null));
    assertThrows(ProblemException.class, () -> Precondition.of(null, "*").demand(CURRENT));
  }

  @Test
  void headersThatCannotBeMeantAreRefused() {
    assertThrows(ProblemException.class, () -> Precondition.of("*", "*"));
    assertThrows(ProblemException.class, () -> Precondition.of(null, "\"7-3\""));
  }
}
