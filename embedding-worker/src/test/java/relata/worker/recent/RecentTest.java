package relata.worker.recent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final List<String> forgotten = new ArrayList<>();
  private final Recent<Integer, String> recent = new Recent<>(2, forgotten::add);

  @Test
  void theLeastRecentlyAskedForIsForgotten() {
    recent.put(1, "a");
    recent.put(2, "b");
    assertEquals(Optional.of("a"), recent.find(1));
    recent.put(3, "c");
    assertEquals(Map.of(1, "a", 3, "c"), recent.copy());
    assertEquals(List.of("b"), forgotten);
  }

  @Test
  void whatIsMadeOrJoinedTakesRoomToo() {
    assertEquals("a", recent.findOrMake(1, _ -> "a"));
    recent.join(2, "b", String::concat);
    assertEquals("a", recent.findOrMake(1, _ -> "other"));
    recent.join(2, "c", String::concat);
    recent.findOrMake(3, _ -> "d");
    assertEquals(Map.of(2, "bc", 3, "d"), recent.copy());
    assertEquals(List.of("a"), forgotten);
  }

  @Test
  void whatIsReplacedOrTakenOutIsNotForgotten() {
    recent.put(1, "a");
    assertEquals(Optional.of("a"), recent.put(1, "b"));
    assertEquals(Optional.of("b"), recent.remove(1));
    assertEquals(Optional.empty(), recent.remove(1));
    assertTrue(recent.isEmpty());
    assertEquals(List.of(), forgotten);
  }

  @Test
  void aBoundOfNothingHoldsNothing() {
    Recent<Integer, String> none = new Recent<>(0);
    none.put(1, "a");
    assertEquals(Optional.empty(), none.find(1));
    assertEquals("b", none.findOrMake(1, _ -> "b"));
    assertTrue(none.isEmpty());
    assertThrows(IllegalArgumentException.class, () -> new Recent<>(-1));
  }
}
