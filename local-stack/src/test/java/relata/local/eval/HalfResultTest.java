package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HalfResultTest {
  private static final List<JudgedQuery> QUERIES = List.of(query("q1"), query("q2"), query("q3"));
  private static final Rankings FINDS_THE_SECOND =
      new Rankings("hybrid", List.of(List.of("x"), List.of("a"), List.of()));
  private static final Rankings FINDS_THE_FIRST =
      new Rankings("lexical", List.of(List.of("a"), List.of("x"), List.of()));

  @Test
  void theHalvesAreEveryOtherQuery() {
    assertEquals(List.of("q1", "q3"), ids(Half.TUNING));
    assertEquals(List.of("q2"), ids(Half.HELD_OUT));
  }

  @Test
  void theMeansAreThoseOfTheHalf() {
    HalfResult tuning = of(Half.TUNING);
    assertEquals(2, tuning.queries());
    assertEquals(0, tuning.systems().getFirst().means().get(Measure.NDCG));
    assertEquals(0.5, tuning.systems().getLast().means().get(Measure.NDCG));
    assertEquals(1, of(Half.HELD_OUT).systems().getFirst().means().get(Measure.RECALL));
  }

  @Test
  void whatIsClaimedIsComparedWithEachOther() {
    List<HalfResult.Difference> differences = of(Half.TUNING).differences();
    assertEquals(1, differences.size());
    assertEquals("hybrid", differences.getFirst().claimed());
    assertEquals("lexical", differences.getFirst().other());
    assertEquals(-0.5, differences.getFirst().tests().get(Measure.NDCG).mean());
  }

  @Test
  void rankingsOfOtherQueriesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> FINDS_THE_FIRST.values(Measure.NDCG, QUERIES.subList(0, 2)));
  }

  private static HalfResult of(Half half) {
    return HalfResult.of(half, QUERIES, List.of(FINDS_THE_SECOND), List.of(FINDS_THE_FIRST));
  }

  private static List<String> ids(Half half) {
    return half.of(QUERIES).stream().map(JudgedQuery::id).toList();
  }

  private static JudgedQuery query(String id) {
    return new JudgedQuery(id, "words", Map.of("a", 1));
  }
}
