package relata.graph.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ExactScanIndexTest {
  /** Few different numbers, so that ties and duplicates are common. */
  private static DocumentVectors random(Random random, long documentId) {
    int dimension = random.nextInt(20) == 0 ? 2 : 3;
    int count = 1 + random.nextInt(random.nextInt(10) == 0 ? 150 : 4);
    int[] ordinals = new int[count];
    float[] values = new float[count * dimension];
    for (int i = 0; i < count; i++) {
      ordinals[i] = (i == 0 ? random.nextInt(3) : ordinals[i - 1] + 1 + random.nextInt(2));
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(4) - 1;
    }
    return new DocumentVectors(documentId, dimension, ordinals, values);
  }

  @Property(tries = 400)
  void findsWhatANaiveComparisonFindsAfterAnyChanges(@ForAll long seed) {
    Random random = new Random(seed);
    ExactScanIndex index = new ExactScanIndex();
    Map<Long, DocumentVectors> truth = new TreeMap<>();
    for (int step = 0; step < 10; step++) {
      change(random, index, truth);
    }
    assertEquals(truth.size(), index.documentCount());
    assertEquals(
        truth.values().stream().mapToInt(DocumentVectors::count).sum(), index.chunkCount());
    double threshold = List.of(-1.0, 0.0, 0.5, 1.0).get(random.nextInt(4));
    List<DocumentVectors> asked = new ArrayList<>(truth.values());
    List<Matches> found = index.matches(asked, threshold, id -> id % 7 != 0);
    for (int i = 0; i < asked.size(); i++) {
      assertEquals(naive(asked.get(i), truth, threshold), asMap(found.get(i)));
    }
    float[] query = random(random, 0).values();
    assertEquals(naiveNearest(query, truth, 3), index.nearest(query, 3));
  }

  private static void change(
      Random random, ExactScanIndex index, Map<Long, DocumentVectors> truth) {
    Map<Long, DocumentVectors> put = new TreeMap<>();
    List<Long> removed = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long id = 1 + random.nextInt(12);
      if (put.containsKey(id) || removed.contains(id)) {
        continue;
      }
      if (random.nextInt(3) == 0) {
        removed.add(id);
        truth.remove(id);
      } else {
        put.put(id, random(random, id));
        truth.put(id, put.get(id));
      }
    }
    index.apply(put.values(), removed);
  }

  private record Pair(double similarity, int chunk, int otherChunk) {}

  private static Map<Long, Pair> asMap(Matches matches) {
    Map<Long, Pair> map = new TreeMap<>();
    for (int i = 0; i < matches.size(); i++) {
      map.put(
          matches.otherId(i),
          new Pair(matches.similarity(i), matches.chunk(i), matches.otherChunk(i)));
    }
    assertEquals(map.size(), matches.size(), "a document twice");
    return map;
  }

  private static float[] vector(DocumentVectors document, int index) {
    float[] vector = new float[document.dimension()];
    System.arraycopy(document.values(), index * vector.length, vector, 0, vector.length);
    return vector;
  }

  private static Map<Long, Pair> naive(
      DocumentVectors document, Map<Long, DocumentVectors> all, double threshold) {
    Map<Long, Pair> found = new TreeMap<>();
    for (DocumentVectors other : all.values()) {
      if (other.documentId() == document.documentId()
          || other.documentId() % 7 == 0
          || other.dimension() != document.dimension()) {
        continue;
      }
      boolean first = document.documentId() < other.documentId();
      Comparator<Pair> order =
          Comparator.comparingDouble(Pair::similarity)
              .reversed()
              .thenComparingInt(pair -> first ? pair.chunk() : pair.otherChunk())
              .thenComparingInt(pair -> first ? pair.otherChunk() : pair.chunk());
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < document.count(); i++) {
        for (int j = 0; j < other.count(); j++) {
          double similarity = Similarity.cosine(vector(document, i), vector(other, j));
          if (similarity >= threshold) {
            pairs.add(new Pair(similarity, document.ordinals()[i], other.ordinals()[j]));
          }
        }
      }
      pairs.stream().min(order).ifPresent(best -> found.put(other.documentId(), best));
    }
    return found;
  }

  private static List<VectorIndex.Hit> naiveNearest(
      float[] query, Map<Long, DocumentVectors> all, int limit) {
    List<VectorIndex.Hit> hits = new ArrayList<>();
    for (DocumentVectors document : all.values()) {
      List<VectorIndex.Hit> ofDocument = new ArrayList<>();
      for (int i = 0; i < document.count() && document.dimension() == query.length; i++) {
        double similarity = Similarity.cosine(query, vector(document, i));
        if (!Double.isNaN(similarity)) {
          ofDocument.add(
              new VectorIndex.Hit(document.documentId(), document.ordinals()[i], similarity));
        }
      }
      ofDocument.stream()
          .min(
              Comparator.comparingDouble(VectorIndex.Hit::similarity)
                  .reversed()
                  .thenComparingInt(VectorIndex.Hit::chunk))
          .ifPresent(hits::add);
    }
    return hits.stream()
        .sorted(
            Comparator.comparingDouble(VectorIndex.Hit::similarity)
                .reversed()
                .thenComparingLong(VectorIndex.Hit::documentId))
        .limit(limit)
        .toList();
  }

  @Test
  void puttingTheSameAgainChangesNothing() {
    ExactScanIndex index = new ExactScanIndex();
    assertEquals(Set.of(1L), index.apply(List.of(of(1, 1, 2)), List.of()));
    assertEquals(Set.of(), index.apply(List.of(of(1, 1, 2)), List.of()));
    assertEquals(Set.of(1L), index.apply(List.of(of(1, 2, 1)), List.of()));
  }

  @Test
  void removedVectorsLeaveNothingInMemory() {
    ExactScanIndex index = new ExactScanIndex();
    index.apply(List.of(of(1, 1, 2), of(2, 3, 4)), List.of());
    assertTrue(index.sizeBytes() > 0);
    assertEquals(Set.of(1L), index.apply(List.of(), List.of(1L, 9L)));
    assertEquals(Map.of(), index.vectors(List.of(1L)));
    index.apply(List.of(), List.of(2L));
    assertEquals(0, index.sizeBytes());
  }

  @Test
  void givesBackTheVectorsItHolds() {
    ExactScanIndex index = new ExactScanIndex();
    index.apply(List.of(of(1, 1, 2), of(2, 3, 4)), List.of());
    assertTrue(index.vectors(List.of(2L, 3L)).get(2L).hasContentOf(of(2, 3, 4)));
  }

  @Test
  void numbersThatAreNotFiniteAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> of(1, Float.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> of(1, 1, Float.POSITIVE_INFINITY));
  }

  private static DocumentVectors of(long id, float... vector) {
    return new DocumentVectors(id, vector.length, new int[] {0}, vector);
  }
}
