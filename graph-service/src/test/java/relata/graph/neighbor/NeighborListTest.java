package relata.graph.neighbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NeighborListTest {
  private static final int MAX = 2;

  private static Neighbor neighbor(long id, double similarity) {
    return new Neighbor(id, similarity, 0, 0);
  }

  private static NeighborList list(Neighbor... neighbors) {
    return new NeighborList(List.of(neighbors));
  }

  @Test
  void closestStandFirstAndTiesGoById() {
    assertEquals(
        List.of(neighbor(9, 0.9), neighbor(2, 0.5), neighbor(3, 0.5)),
        list(neighbor(3, 0.5), neighbor(2, 0.5), neighbor(9, 0.9)).neighbors());
  }

  @Test
  void aDocumentIsNotTwiceInAList() {
    assertThrows(IllegalArgumentException.class, () -> list(neighbor(1, 0.9), neighbor(1, 0.8)));
  }

  @Test
  void anArrivalDisplacesTheLast() {
    assertEquals(
        new ListUpdate.Known(list(neighbor(3, 0.8), neighbor(1, 0.9))),
        list(neighbor(1, 0.9), neighbor(2, 0.7))
            .update(Set.of(3L), List.of(neighbor(3, 0.8)), MAX));
  }

  @Test
  void whoLeavesAFullListMayMakeRoomForSomebodyUnknown() {
    assertEquals(
        new ListUpdate.Refill(),
        list(neighbor(1, 0.9), neighbor(2, 0.7)).update(Set.of(1L), List.of(), MAX));
  }

  @Test
  void whoLeavesAListThatIsNotFullMakesRoomForNobody() {
    assertEquals(
        new ListUpdate.Known(NeighborList.EMPTY),
        list(neighbor(1, 0.9)).update(Set.of(1L), List.of(), MAX));
  }

  @Test
  void whoStaysButFallsBehindTheOldEndMayBeOvertaken() {
    assertEquals(
        new ListUpdate.Refill(),
        list(neighbor(1, 0.9), neighbor(2, 0.7))
            .update(Set.of(1L), List.of(neighbor(1, 0.6)), MAX));
  }

  @Test
  void whoStaysBeforeTheOldEndIsOvertakenByNobody() {
    assertEquals(
        new ListUpdate.Known(list(neighbor(1, 0.8), neighbor(2, 0.7))),
        list(neighbor(1, 0.9), neighbor(2, 0.7))
            .update(Set.of(1L), List.of(neighbor(1, 0.8)), MAX));
  }

  @Test
  void aTieWithTheOldEndIsDecidedById() {
    NeighborList full = list(neighbor(1, 0.9), neighbor(5, 0.7));
    assertEquals(
        new ListUpdate.Known(list(neighbor(3, 0.7), neighbor(5, 0.7))),
        full.update(Set.of(1L, 3L), List.of(neighbor(3, 0.7)), MAX));
    assertEquals(
        new ListUpdate.Refill(), full.update(Set.of(1L, 7L), List.of(neighbor(7, 0.7)), MAX));
  }
}
