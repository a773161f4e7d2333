package relata.graph.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.VectorIndex;

/** The documents most similar to one, by the similarity of documents that decides about edges. */
final class ClosestDocuments {
  /** Below every cosine: the recipe's threshold is part of what is compared. */
  private static final double ANY = -1;

  private record Candidate(long documentId, double similarity) implements Comparable<Candidate> {
    /** The least similar first, of equals the one with the greater id. */
    @Override
    public int compareTo(Candidate other) {
      int bySimilarity = Double.compare(similarity, other.similarity);
      return bySimilarity != 0 ? bySimilarity : Long.compare(other.documentId, documentId);
    }
  }

  private ClosestDocuments() {}

  /**
   * The ids of the {@code k} most similar, closest first, ties by id.
   *
   * @return nothing if the document has no vectors there
   */
  static Optional<List<Long>> of(VectorIndex index, long documentId, int k) {
    Map<Long, DocumentVectors> vectors = index.vectors(List.of(documentId));
    if (vectors.isEmpty()) {
      return Optional.empty();
    }
    Matches matches = index.matches(List.copyOf(vectors.values()), ANY, other -> true).getFirst();
    PriorityQueue<Candidate> closest = new PriorityQueue<>(k + 1);
    for (int i = 0; i < matches.size(); i++) {
      Candidate candidate = new Candidate(matches.otherId(i), matches.similarity(i));
      if (closest.size() < k) {
        closest.add(candidate);
      } else if (closest.peek().compareTo(candidate) < 0) {
        closest.poll();
        closest.add(candidate);
      }
    }
    List<Long> ids = new ArrayList<>();
    while (!closest.isEmpty()) {
      ids.add(closest.poll().documentId());
    }
    return Optional.of(List.copyOf(ids.reversed()));
  }
}
