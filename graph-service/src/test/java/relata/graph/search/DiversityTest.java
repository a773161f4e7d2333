package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import relata.graph.search.Fusion.Fused;
import relata.graph.text.ChunkKey;

class DiversityTest {
  private static final double[] NORTH = {1, 0};
  private static final double[] NEARLY_NORTH = {0.8, 0.6};
  private static final double[] EAST = {0, 1};

  /** Ids from 1 up, by their similarity. */
  private static List<Fused> ranked(double... scores) {
    List<Ranked> semantic = new java.util.ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      semantic.add(new Ranked(1 + i, 0, scores[i]));
    }
    return Fusion.fuse(semantic, List.of(), Weights.EQUAL);
  }

  private static List<Long> arranged(double diversity, List<Fused> ranked, double[]... vectors) {
    Map<ChunkKey, double[]> units = new HashMap<>();
    for (int i = 0; i < vectors.length; i++) {
      units.put(new ChunkKey(1 + i, 0), vectors[i]);
    }
    return Diversity.arrange(SearchMode.SEMANTIC, diversity, ranked, units).stream()
        .map(hit -> hit.chunk().documentId())
        .toList();
  }

  @Test
  void withoutDiversityTheOrderStays() {
    assertEquals(
        List.of(1L, 2L, 3L), arranged(0, ranked(0.9, 0.8, 0.7), NORTH, NORTH, NEARLY_NORTH));
  }

  @Test
  void whatIsLikeTheFirstComesLater() {
    List<Fused> ranked = ranked(0.9, 0.89, 0.5, 0.4);
    assertEquals(List.of(1L, 3L, 2L, 4L), arranged(0.7, ranked, NORTH, NORTH, EAST, NEARLY_NORTH));
  }

  @Test
  void aLittleDiversityOnlyDecidesBetweenTheNearlyEqual() {
    assertEquals(
        List.of(1L, 3L, 2L, 4L),
        arranged(0.1, ranked(0.9, 0.8, 0.795, 0.1), NORTH, NORTH, EAST, EAST));
  }

  @Test
  void theMostDiverseGoesBySimilarityAloneAndTiesByTheirRank() {
    assertEquals(
        List.of(1L, 4L, 2L, 3L),
        arranged(1, ranked(0.9, 0.8, 0.7, 0.6), NORTH, NORTH, NORTH, EAST));
  }

  @Test
  void whatHasNoVectorIsLikeNothing() {
    assertEquals(List.of(1L, 3L, 2L), arranged(0.9, ranked(0.9, 0.9, 0.9), NORTH, NORTH));
  }

  @Test
  void equalScoresAndNothingAtAllAreFine() {
    assertEquals(List.of(1L, 2L), arranged(0.5, ranked(0.9, 0.9), EAST, EAST));
    assertEquals(List.of(), arranged(0.5, ranked()));
  }
}
