package relata.graph.edges;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import relata.graph.neighbor.Candidates;
import relata.graph.neighbor.Neighbor;
import relata.graph.neighbor.Similarities;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.ParallelMatching;
import relata.graph.vector.VectorIndex;

/** The index's answers in the words of the neighbour lists. */
public record IndexSimilarities(
    VectorIndex index, ParallelMatching matching, double minSimilarity, LongPredicate among)
    implements Similarities {

  @Override
  public Map<Long, Candidates> candidates(Collection<Long> documentIds) {
    List<DocumentVectors> documents = List.copyOf(index.vectors(documentIds).values());
    Map<Long, Candidates> candidates = new HashMap<>();
    for (Matches matches : matching.matches(index, documents, minSimilarity, among)) {
      candidates.put(matches.documentId(), new Found(matches));
    }
    return candidates;
  }

  private record Found(Matches matches) implements Candidates {
    @Override
    public int size() {
      return matches.size();
    }

    @Override
    public long documentId(int index) {
      return matches.otherId(index);
    }

    @Override
    public double similarity(int index) {
      return matches.similarity(index);
    }

    @Override
    public Neighbor neighbor(int index) {
      return new Neighbor(
          matches.otherId(index),
          matches.similarity(index),
          matches.chunk(index),
          matches.otherChunk(index));
    }

    @Override
    public Neighbor reversed(int index) {
      return new Neighbor(
          matches.documentId(),
          matches.similarity(index),
          matches.otherChunk(index),
          matches.chunk(index));
    }
  }
}
