package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.graph.problem.ProblemException;
import relata.graph.search.Fusion.Fused;
import relata.graph.search.SearchRequest.Checked;
import relata.graph.text.ChunkFilter;
import relata.graph.text.ChunkKey;

class CursorTest {
  private static final List<Fused> HITS =
      List.of(
          new Fused(new ChunkKey(7, 2), 0.05, 0.75, null, 1, null),
          new Fused(new ChunkKey(1L << 40, 0), 0.04, null, 3.5, null, 2));

  @Test
  void whatIsStillToComeComesBack() {
    assertEquals(HITS, read(SearchMode.HYBRID, HITS));
  }

  @Test
  void withoutTheScoresThatTheSearchIsOrderedByItIsRefused() {
    for (SearchMode mode : List.of(SearchMode.SEMANTIC, SearchMode.LEXICAL)) {
      assertThrows(ProblemException.class, () -> read(mode, HITS));
    }
    List<Fused> endless = List.of(new Fused(new ChunkKey(7, 2), Double.NaN, 0.75, null, 1, null));
    assertThrows(ProblemException.class, () -> read(SearchMode.HYBRID, endless));
  }

  private static List<Fused> read(SearchMode mode, List<Fused> hits) {
    Ranking ranking = new Ranking(true, null, null, List.of(), hits);
    String cursor = Cursor.write(3, search(mode, null), ranking, hits);
    return Cursor.read(3, search(mode, cursor), 10).hits();
  }

  private static Checked search(SearchMode mode, String after) {
    return new Checked(
        new Subject.Words("tea"),
        mode,
        10,
        ChunkFilter.NONE,
        Weights.EQUAL,
        0,
        false,
        100,
        false,
        0,
        after,
        42);
  }
}
