package relata.graph.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Matches;
import relata.graph.vector.Similarity;
import relata.graph.vector.VectorIndex;

/** Compares everything with everything, one pair after the other. */
final class NaiveVectors {
  private final Map<Long, DocumentVectors> documents = new TreeMap<>();

  /** The best pair of chunks of two documents. */
  record Pair(double similarity, int chunk, int otherChunk) {}

  Map<Long, DocumentVectors> documents() {
    return documents;
  }

  int chunks() {
    return documents.values().stream().mapToInt(document -> document.ordinals().length).sum();
  }

  static Map<Long, Pair> asMap(Matches matches) {
    Map<Long, Pair> map = new TreeMap<>();
    for (int i = 0; i < matches.size(); i++) {
      Pair pair = new Pair(matches.similarity(i), matches.chunk(i), matches.otherChunk(i));
      if (map.put(matches.otherId(i), pair) != null) {
        throw new AssertionError("document " + matches.otherId(i) + " twice");
      }
    }
    return map;
  }

  Map<Long, Pair> matches(DocumentVectors document, double threshold, LongPredicate among) {
    Map<Long, Pair> found = new TreeMap<>();
    for (DocumentVectors other : documents.values()) {
      if (other.documentId() != document.documentId()
          && among.test(other.documentId())
          && other.dimension() == document.dimension()) {
        best(document, other, threshold).ifPresent(best -> found.put(other.documentId(), best));
      }
    }
    return found;
  }

  private static Optional<Pair> best(
      DocumentVectors document, DocumentVectors other, double threshold) {
    boolean first = document.documentId() < other.documentId();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < document.ordinals().length; i++) {
      for (int j = 0; j < other.ordinals().length; j++) {
        double similarity = Similarity.cosine(document.vector(i), other.vector(j));
        if (similarity >= threshold) {
          pairs.add(new Pair(similarity, document.ordinals()[i], other.ordinals()[j]));
        }
      }
    }
    return pairs.stream()
        .min(
            Comparator.comparingDouble(Pair::similarity)
                .reversed()
                .thenComparingInt(pair -> first ? pair.chunk() : pair.otherChunk())
                .thenComparingInt(pair -> first ? pair.otherChunk() : pair.chunk()));
  }

  List<VectorIndex.Hit> nearest(float[] query, int limit, LongPredicate among) {
    List<VectorIndex.Hit> hits = new ArrayList<>();
    for (DocumentVectors document : documents.values()) {
      VectorIndex.Hit best = null;
      for (int i = 0; document.dimension() == query.length && i < document.ordinals().length; i++) {
        double similarity = Similarity.cosine(query, document.vector(i));
        if (!Double.isNaN(similarity) && (best == null || similarity > best.similarity())) {
          best = new VectorIndex.Hit(document.documentId(), document.ordinals()[i], similarity);
        }
      }
      if (best != null && among.test(document.documentId())) {
        hits.add(best);
      }
    }
    return hits.stream()
        .sorted(
            Comparator.comparingDouble(VectorIndex.Hit::similarity)
                .reversed()
                .thenComparingLong(VectorIndex.Hit::documentId))
        .limit(limit)
        .toList();
  }
}
