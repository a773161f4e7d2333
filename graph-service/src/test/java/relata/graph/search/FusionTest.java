package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import relata.graph.text.ChunkKey;

class FusionTest {
  @Test
  void whoStandsWellInBothComesFirst() {
    List<Fusion.Fused> fused =
        Fusion.fuse(
            List.of(new Ranked(1, 0, 0.9), new Ranked(2, 5, 0.8)),
            List.of(new Ranked(3, 0, 7), new Ranked(2, 6, 5)),
            Weights.EQUAL);
    assertEquals(
        List.of(
            new Fusion.Fused(new ChunkKey(2, 5), 1.0 / 22 + 1.0 / 22, 0.8, 5.0, 2, 2),
            new Fusion.Fused(new ChunkKey(1, 0), 1.0 / 21, 0.9, null, 1, null),
            new Fusion.Fused(new ChunkKey(3, 0), 1.0 / 21, null, 7.0, null, 1)),
        fused);
  }

  @Test
  void theChunkIsThatOfTheBetterRank() {
    List<Fusion.Fused> fused =
        Fusion.fuse(
            List.of(new Ranked(1, 0, 0.9), new Ranked(2, 5, 0.8)),
            List.of(new Ranked(2, 6, 5)),
            Weights.EQUAL);
    assertEquals(new ChunkKey(2, 6), fused.getFirst().chunk());
  }

  @Test
  void aWeightSaysHowMuchARankingCounts() {
    List<Ranked> semantic = List.of(new Ranked(1, 0, 0.9));
    List<Ranked> lexical = List.of(new Ranked(2, 0, 7));
    Weights words = new Weights(0.5, 2.0);
    assertEquals(
        List.of(2L, 1L),
        Fusion.fuse(semantic, lexical, words).stream()
            .map(hit -> hit.chunk().documentId())
            .toList());
    assertEquals(2.0 / 21, Fusion.fuse(semantic, lexical, words).getFirst().score());
  }
}
