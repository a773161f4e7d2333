package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import relata.graph.vector.Similarity;

/** That a sketch never excludes what is as similar as the floor, whatever the vectors look like. */
class BoundTest {
  private static final int WIDTH = 8;

  /** More than two above any similarity; no tame row may reach it. */
  private static final double TOO_MUCH = 3;

  @Property(tries = 300)
  void nothingIsExcludedAtItsOwnSimilarity(@ForAll long seed) {
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      Random random = new Random(seed);
      int dimension = 2 * WIDTH + random.nextInt(180);
      Clusters clusters = new Clusters(dimension, 1 + random.nextInt(5), random.nextLong());
      List<float[]> sample = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sample.add(clusters.vector());
      }
      Frame frame = Frame.of(sample, sample.size(), dimension, WIDTH, kernels);
      List<float[]> rows = new ArrayList<>();
      while (rows.size() < Kernels.TILE) {
        rows.add(vector(random, clusters, rows, dimension));
      }
      assertNothingIsExcluded(kernels, frame, rows);
    }
  }

  /** Like those of the sample, or far from anything that was in it. */
  private static float[] vector(
      Random random, Clusters clusters, List<float[]> others, int dimension) {
    float[] vector = new float[dimension];
    switch (others.isEmpty() ? 0 : random.nextInt(6)) {
      case 0 -> vector = clusters.vector().clone();
      // Nearly the same as another, and the opposite of one.
      case 1 -> {
        float[] other = others.get(random.nextInt(others.size()));
        float sign = random.nextBoolean() ? 1 : -1;
        for (int i = 0; i < dimension; i++) {
          vector[i] = sign * other[i] * (1 + 1e-6f * (float) random.nextGaussian());
        }
      }
      case 2 -> vector[random.nextInt(dimension)] = 1;
      // All of it along its own signs, and some large numbers among small ones.
      case 3 -> {
        for (int i = 0; i < dimension; i++) {
          vector[i] = random.nextBoolean() ? 1 : -1;
        }
      }
      case 4 -> {
        for (int i = 0; i < dimension; i++) {
          vector[i] = (float) Math.pow(random.nextGaussian(), 9);
        }
      }
      default -> {
        float size = List.of(1e-11f, 1e-30f, 1e11f, 1e30f).get(random.nextInt(4));
        for (int i = 0; i < dimension; i++) {
          vector[i] = size * (float) random.nextGaussian();
        }
      }
    }
    return vector;
  }

  private static void assertNothingIsExcluded(Kernels kernels, Frame frame, List<float[]> rows) {
    Sketches sketches = new Sketches(frame, rows.size());
    List<Query> queries = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      sketches.set(i, rows.get(i), norm(rows.get(i)));
      queries.add(new Query(rows.get(i)));
    }
    Panel panel = new Panel(frame, queries);
    float[] tile = new float[Kernels.TILE * frame.width()];
    sketches.widen(kernels, 0, tile);
    float[] sums = new float[queries.size() * Kernels.TILE];
    panel.products(kernels, tile, sums);
    float[] fronts = new float[queries.size() * Kernels.TILE];
    panel.frontProducts(kernels, 0, queries.size(), tile, fronts);
    float[] alone = new float[Kernels.TILE];
    for (int query = 0; query < queries.size(); query++) {
      sketches.product(kernels, 0, panel.weights(), query * frame.width(), alone, 0);
      for (int row = 0; row < rows.size(); row++) {
        double similarity = Similarity.cosine(rows.get(query), rows.get(row));
        int front = query * Kernels.TILE;
        assertTrue(
            (panel.frontReaching(kernels, sketches, 0, query, fronts, front, similarity) >>> row
                    & 1)
                != 0);
        int few = query / Kernels.QUERIES * Kernels.QUERIES;
        assertTrue(
            panel.anyReaches(kernels, sketches, 0, few, fronts, few * Kernels.TILE, similarity));
        for (boolean together : new boolean[] {true, false}) {
          float[] of = together ? sums : alone;
          int at = together ? query * Kernels.TILE : 0;
          assertTrue(reaches(kernels, panel, sketches, query, row, of, at, similarity));
          boolean tame = Frame.isTame(norm(rows.get(row))) && queries.get(query).isTame();
          assertEquals(!tame, reaches(kernels, panel, sketches, query, row, of, at, TOO_MUCH));
        }
      }
    }
  }

  private static boolean reaches(
      Kernels kernels,
      Panel panel,
      Sketches sketches,
      int query,
      int row,
      float[] sums,
      int at,
      double floor) {
    return (panel.reaching(kernels, sketches, 0, query, sums, at, floor) >>> row & 1) != 0
        && panel.reaches(sketches, row, query, sums[at + row], floor);
  }

  private static double norm(float[] vector) {
    return Similarity.norm(vector, 0, vector.length);
  }
}
