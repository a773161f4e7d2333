package relata.graph.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
  private final List<float[]> vectors;
  private final TextQuery words;

  /**
   * @param vectors what is searched for; none if that is not known
   */
  MissingScores(GenerationIndex index, SearchMode mode, List<float[]> vectors, TextQuery words) {
    this.index = index;
    this.mode = mode;
    this.vectors = vectors;
    this.words = words;
  }

  List<Fusion.Fused> fill(List<Fusion.Fused> hits) {
    if (mode != SearchMode.HYBRID) {
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
    Map<Long, DocumentVectors> documents =
        index
            .vectors()
            .vectors(
                hits.stream()
                    .filter(hit -> hit.semanticScore() == null && !vectors.isEmpty())
                    .map(hit -> hit.chunk().documentId())
                    .toList());
    List<Fusion.Fused> filled = new ArrayList<>();
    for (Fusion.Fused hit : hits) {
      DocumentVectors document = documents.get(hit.chunk().documentId());
      filled.add(hit.with(similarity(document, hit.chunk()), lexical.get(hit.chunk())));
    }
    return filled;
  }

  /** That of the most similar vector; null if the chunk is gone, or cannot be compared. */
  private Double similarity(DocumentVectors document, ChunkKey chunk) {
    if (document == null) {
      return null;
    }
    Optional<float[]> found = document.ofChunk(chunk.ordinal());
    if (found.isEmpty()) {
      return null;
    }
    OptionalDouble greatest =
        vectors.stream()
            .filter(vector -> vector.length == document.dimension())
            .mapToDouble(vector -> Similarity.cosine(vector, found.get()))
            .filter(cosine -> !Double.isNaN(cosine))
            .max();
    return greatest.isPresent() ? greatest.getAsDouble() : null;
  }
}
