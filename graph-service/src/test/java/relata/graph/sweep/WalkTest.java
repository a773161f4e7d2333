package relata.graph.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class WalkTest {
  private static final StalePage NONE = new StalePage(List.of(), 0, true);

  @Test
  void endsWhereNothingIsFound() {
    assertTrue(Walk.START.over(NONE).ended());
  }

  @Test
  void goesOnBehindEachPage() {
    Walk walk = Walk.START.over(new StalePage(List.of(3L, 5L), 9, false));
    assertFalse(walk.ended());
    assertEquals(9, walk.behind());
  }

  @Test
  void startsAgainUntilNothingIsFound() {
    Walk again = Walk.START.over(new StalePage(List.of(3L, 5L), 5, true));
    assertFalse(again.ended());
    assertEquals(0, again.behind());
    Walk ended = again.over(NONE);
    assertTrue(ended.ended());
    assertEquals(2, ended.linked());
  }

  @Test
  void endsWhenAnotherWayFindsNotLess() {
    StalePage same = new StalePage(List.of(3L, 5L), 5, true);
    Walk walk = Walk.START.over(same).over(same);
    assertTrue(walk.ended());
    assertEquals(4, walk.linked());
  }
}
