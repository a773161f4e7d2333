package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The neighbour lists by definition: a plain loop over all pairs of chunks in double precision,
 * rounded to nine decimals, so that the order of the sums decides nothing.
 */
public final class NeighborOracle {
  private static final double TOLERANCE = 1e-5;
  private static final Comparator<Neighbor> CLOSEST_FIRST =
      Comparator.comparingDouble(Neighbor::similarity)
          .reversed()
          .thenComparingLong(Neighbor::documentId);

  private final double minSimilarity;
  private final int maxNeighbors;

  public NeighborOracle(double minSimilarity, int maxNeighbors) {
    this.minSimilarity = minSimilarity;
    this.maxNeighbors = maxNeighbors;
  }

  /** Fails unless the stored lists name the same documents with the same similarities. */
  public void check(
      Map<Long, List<float[]>> vectors, Map<Long, List<Neighbor>> stored, String what) {
    Map<Long, List<Neighbor>> expected = lists(vectors);
    assertEquals(ids(expected), ids(stored), what);
    expected.forEach(
        (document, list) -> {
          for (int i = 0; i < list.size(); i++) {
            assertEquals(
                list.get(i).similarity(),
                stored.get(document).get(i).similarity(),
                TOLERANCE,
                what + ": similarity " + i + " of document " + document);
          }
        });
  }

  /** Documents without a neighbour are left out. */
  public Map<Long, List<Neighbor>> lists(Map<Long, List<float[]>> vectors) {
    List<Long> ids = List.copyOf(vectors.keySet());
    List<double[][]> units =
        vectors.values().stream()
            .map(chunks -> chunks.stream().map(NeighborOracle::unit).toArray(double[][]::new))
            .toList();
    Map<Long, List<Neighbor>> lists = new ConcurrentHashMap<>();
    IntStream.range(0, ids.size())
        .parallel()
        .forEach(
            i -> {
              List<Neighbor> list =
                  IntStream.range(0, ids.size())
                      .filter(j -> j != i)
                      .mapToObj(
                          j -> new Neighbor(ids.get(j), similarity(units.get(i), units.get(j))))
                      .filter(neighbor -> neighbor.similarity() >= minSimilarity)
                      .sorted(CLOSEST_FIRST)
                      .limit(maxNeighbors)
                      .toList();
              if (!list.isEmpty()) {
                lists.put(ids.get(i), list);
              }
            });
    return new TreeMap<>(lists);
  }

  /** The documents closest to a search text's vector, ties by id. */
  public static List<Long> closest(Map<Long, List<float[]>> vectors, float[] query, int limit) {
    double[][] unit = {unit(query)};
    return vectors.entrySet().stream()
        .map(
            document ->
                new Neighbor(
                    document.getKey(),
                    similarity(
                        unit,
                        document.getValue().stream()
                            .map(NeighborOracle::unit)
                            .toArray(double[][]::new))))
        .sorted(CLOSEST_FIRST)
        .limit(limit)
        .map(Neighbor::documentId)
        .toList();
  }

  private static Map<Long, List<Long>> ids(Map<Long, List<Neighbor>> lists) {
    Map<Long, List<Long>> ids = new TreeMap<>();
    lists.forEach(
        (document, list) -> ids.put(document, list.stream().map(Neighbor::documentId).toList()));
    return ids;
  }

  private static double similarity(double[][] one, double[][] other) {
    double best = -1;
    for (double[] a : one) {
      for (double[] b : other) {
        best = Math.max(best, dot(a, b));
      }
    }
    return Math.rint(best * 1e9) / 1e9;
  }

  /** In four sums, of which none waits for another: this is most of the time of a check. */
  private static double dot(double[] a, double[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (int i = 0; i < a.length; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    return first + second + third + fourth;
  }

  private static double[] unit(float[] vector) {
    // With zeros at the end, up to a multiple of four.
    double[] unit = new double[(vector.length + 3) / 4 * 4];
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    for (int i = 0; i < vector.length; i++) {
      unit[i] = vector[i] / Math.sqrt(squares);
    }
    return unit;
  }
}
