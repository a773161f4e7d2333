package relata.graph.edges;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import relata.graph.neighbor.ListChange;
import relata.graph.neighbor.Neighbor;
import relata.graph.neighbor.NeighborList;

class ListFloorsTest {
  private final ListFloors floors = new ListFloors();

  @Test
  void aListThatWasNotSeenHasToBeAskedFor() {
    assertFalse(floors.isAbove(1, 0));
  }

  @Test
  void anArrivalAsCloseAsTheLastMayWinByItsId() {
    floors.seen(1, OptionalDouble.of(0.8));
    assertTrue(floors.isAbove(1, 0.79));
    assertFalse(floors.isAbove(1, 0.8));
  }

  @Test
  void aFullListEndsAtItsLastEntryAndOneWithRoomNowhere() {
    floors.changed(Map.of(1L, to(0.9, 0.7), 2L, to(0.9)), 2);
    assertTrue(floors.isAbove(1, 0.6));
    assertFalse(floors.isAbove(2, 0.6));
    floors.changed(Map.of(1L, to(0.9)), 2);
    assertFalse(floors.isAbove(1, 0.6));
  }

  @Test
  void whatOthersMayHaveChangedIsForgotten() {
    floors.seen(1, OptionalDouble.of(0.8));
    floors.clear();
    assertFalse(floors.isAbove(1, 0.1));
  }

  private static ListChange to(double... similarities) {
    return new ListChange(NeighborList.EMPTY, list(similarities));
  }

  private static NeighborList list(double... similarities) {
    Neighbor[] neighbors = new Neighbor[similarities.length];
    for (int i = 0; i < similarities.length; i++) {
      neighbors[i] = new Neighbor(10 + i, similarities[i], 0, 0);
    }
    return new NeighborList(List.of(neighbors));
  }
}
