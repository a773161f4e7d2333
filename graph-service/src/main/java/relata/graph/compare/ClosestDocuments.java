package relata.graph.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;

/** The documents most similar to one, by the similarity of documents that decides about edges. */
final class ClosestDocuments {
  private static final Comparator<Map.Entry<Long, Double>> CLOSEST_FIRST =
      Map.Entry.<Long, Double>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  private ClosestDocuments() {}

  /**
   * The ids of the {@code k} most similar, closest first, ties by id. Each of them is among the
   * {@code k + 1} that are nearest to one of the document's chunks, of which one may be itself.
   *
   * @return nothing if the document has no vectors there
   */
  static Optional<List<Long>> of(VectorIndex index, long documentId, int k) {
    DocumentVectors vectors = index.vectors(List.of(documentId)).get(documentId);
    if (vectors == null) {
      return Optional.empty();
    }
    Map<Long, Double> similarities = new HashMap<>();
    for (int i = 0; i < vectors.ordinals().length; i++) {
      for (VectorIndex.Hit hit : index.nearest(vectors.vector(i), k + 1)) {
        similarities.merge(hit.documentId(), hit.similarity(), Math::max);
      }
    }
    similarities.remove(documentId);
    List<Map.Entry<Long, Double>> closest = new ArrayList<>(similarities.entrySet());
    closest.sort(CLOSEST_FIRST);
    return Optional.of(closest.stream().limit(k).map(Map.Entry::getKey).toList());
  }
}
