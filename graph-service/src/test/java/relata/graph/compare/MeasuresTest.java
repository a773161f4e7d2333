package relata.graph.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final double EXACT = 1e-12;

  @Test
  void overlapIsTheShareOfTheLongerRanking() {
    assertEquals(0.75, Measures.overlap(List.of(1L, 2L, 3L, 4L), List.of(4L, 9L, 1L, 2L)), EXACT);
    assertEquals(0.5, Measures.overlap(List.of(1L), List.of(2L, 1L)), EXACT);
    assertEquals(0, Measures.overlap(List.of(1L), List.of()), EXACT);
    assertEquals(0, Measures.overlap(List.of(), List.of()), EXACT);
  }

  @Test
  void recallIsTheShareOfTheRelevantDocumentsThatWereFound() {
    assertEquals(2.0 / 3, Measures.recall(List.of(7L, 1L, 8L, 2L), Set.of(1L, 2L, 3L)), EXACT);
    assertEquals(0, Measures.recall(List.of(), Set.of(1L)), EXACT);
  }

  /**
   * By hand: gains 3, 2, 3, 0, 1, 2 at ranks 1 to 6 give 3/1 + 2/1.584963 + 3/2 + 0 + 1/2.584963 +
   * 2/2.807355 = 6.861127; the best order of all that is relevant, 3, 3, 3, 2, 2, 2, gives 3/1 +
   * 3/1.584963 + 3/2 + 2/2.321928 + 2/2.584963 + 2/2.807355 = 8.740263.
   */
  @Test
  void ndcgIsThatComputedByHand() {
    Map<Long, Integer> grades = Map.of(1L, 3, 2L, 2, 3L, 3, 5L, 1, 6L, 2, 7L, 3, 8L, 2);
    double ndcg = Measures.ndcg(List.of(1L, 2L, 3L, 4L, 5L, 6L), grades, 6);
    assertEquals(0.785002, ndcg, 1e-6);
  }

  @Test
  void aRelevantDocumentOnTheSecondRankIsWorthItsDiscount() {
    assertEquals(
        Math.log(2) / Math.log(3), Measures.ndcg(List.of(9L, 1L), Map.of(1L, 1), 10), EXACT);
  }

  @Test
  void theBestRankingHoldsNoMoreThanKDocuments() {
    assertEquals(1, Measures.ndcg(List.of(1L), Map.of(1L, 2, 2L, 2), 1), EXACT);
  }

  @Property
  void everyMeasureIsFromZeroToOne(
      @ForAll @Size(max = 10) @UniqueElements List<@LongRange(min = 1, max = 20) Long> ranking,
      @ForAll @Size(max = 10) @UniqueElements List<@LongRange(min = 1, max = 20) Long> other,
      @ForAll @Size(min = 1, max = 15)
          Map<@LongRange(min = 1, max = 20) Long, @IntRange(min = 1, max = 5) Integer> grades) {
    assertFraction(Measures.overlap(ranking, other));
    assertEquals(Measures.overlap(ranking, other), Measures.overlap(other, ranking));
    assertFraction(Measures.recall(ranking, grades.keySet()));
    assertFraction(Measures.ndcg(ranking, grades, 10));
  }

  private static void assertFraction(double value) {
    assertTrue(value >= 0 && value <= 1 + EXACT, () -> value + " is no fraction");
  }

  @Property
  void nothingIsBetterThanTheOrderOfTheGrades(
      @ForAll @Size(min = 1, max = 10)
          Map<@LongRange(min = 1, max = 20) Long, @IntRange(min = 1, max = 5) Integer> grades) {
    List<Long> best =
        grades.keySet().stream().sorted((a, b) -> grades.get(b) - grades.get(a)).toList();
    assertEquals(1, Measures.ndcg(best, grades, 10), EXACT);
    assertEquals(1, Measures.recall(best, grades.keySet()), EXACT);
    assertEquals(1, Measures.overlap(best, best.reversed()), EXACT);
  }
}
