package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasureTest {
  private static final double TOLERANCE = 1e-12;
  private static final Map<String, Integer> GRADES = Map.of("a", 3, "b", 2, "c", 1);

  @Test
  void ndcgIsTheDiscountedGainByThatOfTheBestOrder() {
    // b 3 / log2(2), x 0, a 7 / log2(4); best: a 7, b 3 / log2(3), c 1 / log2(4).
    double log3 = Math.log(3) / Math.log(2);
    assertEquals(
        (3 + 7 / 2.0) / (7 + 3 / log3 + 1 / 2.0),
        Measure.NDCG.of(List.of("b", "x", "a"), GRADES),
        TOLERANCE);
  }

  @Test
  void theBestOrderIsWorthOneAndNothingFoundIsWorthNothing() {
    for (Measure measure : Measure.values()) {
      assertEquals(1, measure.of(List.of("a", "b", "c"), GRADES), TOLERANCE, measure.label());
      assertEquals(0, measure.of(List.of("x", "y"), GRADES), measure.label());
      assertEquals(0, measure.of(List.of(), GRADES), measure.label());
    }
  }

  @Test
  void ndcgLooksAtTenAndTheOthersAtAHundred() {
    Map<String, Integer> one = Map.of("a", 1);
    assertEquals(0, Measure.NDCG.of(behind(10), one));
    assertEquals(1, Measure.RECALL.of(behind(99), one));
    assertEquals(1 / 100.0, Measure.AVERAGE_PRECISION.of(behind(99), one), TOLERANCE);
    assertEquals(0, Measure.RECALL.of(behind(100), one));
    assertEquals(0, Measure.AVERAGE_PRECISION.of(behind(100), one));
  }

  @Test
  void withMoreThanTenRelevantDocumentsTenOfTheBestAreEnough() {
    Map<String, Integer> twelve = new HashMap<>();
    IntStream.range(0, 12).forEach(i -> twelve.put("r" + i, 1));
    List<String> ranking = IntStream.range(2, 12).mapToObj(i -> "r" + i).toList();
    assertEquals(1, Measure.NDCG.of(ranking, twelve), TOLERANCE);
    assertEquals(10 / 12.0, Measure.RECALL.of(ranking, twelve), TOLERANCE);
  }

  @Test
  void recallIsTheShareOfTheRelevantDocuments() {
    assertEquals(2 / 3.0, Measure.RECALL.of(List.of("x", "c", "a"), GRADES), TOLERANCE);
  }

  @Test
  void averagePrecisionCountsWhatIsNotFoundAsNothing() {
    // a at 1: 1/1; c at 3: 2/3; b not found.
    assertEquals(
        (1 + 2 / 3.0) / 3, Measure.AVERAGE_PRECISION.of(List.of("a", "x", "c"), GRADES), TOLERANCE);
  }

  /** The relevant document behind so many others. */
  private static List<String> behind(int others) {
    List<String> ranking =
        new ArrayList<>(IntStream.range(0, others).mapToObj(i -> "x" + i).toList());
    ranking.add("a");
    return ranking;
  }
}
