package relata.graph.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.graph.generation.GenerationIndex;
import relata.graph.text.ChunkKey;
import relata.graph.text.TextQuery;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Similarity;

/**
 * The scores of hits of a hybrid search that stand in one of its two rankings alone: what the other
 * would have given their chunk, had it gone further down.
 */
final class MissingScores {
  private final GenerationIndex index;
  private final SearchMode mode;
  private final float[] vector;
  private final TextQuery words;

  /**
   * @param vector that of the search text; null if it is not known
   */
  MissingScores(GenerationIndex index, SearchMode mode, float[] vector, TextQuery words) {
    this.index = index;
    this.mode = mode;
    this.vector = vector;
    this.words = words;
  }

  List<Fusion.Fused> fill(List<Fusion.Fused> hits) {
    if (mode != SearchMode.HYBRID || vector == null) {
      return hits;
    }
    Map<ChunkKey, Double> lexical =
        index
            .text()
            .scores(
                words,
                hits.stream()
                    .filter(hit -> hit.lexicalScore() == null)
                    .map(Fusion.Fused::chunk)
                    .toList());
    Map<Long, DocumentVectors> vectors =
        index
            .vectors()
            .vectors(
                hits.stream()
                    .filter(hit -> hit.semanticScore() == null)
                    .map(hit -> hit.chunk().documentId())
                    .toList());
    List<Fusion.Fused> filled = new ArrayList<>();
    for (Fusion.Fused hit : hits) {
      DocumentVectors document = vectors.get(hit.chunk().documentId());
      filled.add(hit.with(similarity(document, hit.chunk()), lexical.get(hit.chunk())));
    }
    return filled;
  }

  /** Null if the chunk is gone, or cannot be compared. */
  private Double similarity(DocumentVectors document, ChunkKey chunk) {
    if (document == null || document.dimension() != vector.length) {
      return null;
    }
    for (int i = 0; i < document.ordinals().length; i++) {
      if (document.ordinals()[i] == chunk.ordinal()) {
        double cosine = Similarity.cosine(vector, document.vector(i));
        return Double.isNaN(cosine) ? null : Double.valueOf(cosine);
      }
    }
    return null;
  }
}
