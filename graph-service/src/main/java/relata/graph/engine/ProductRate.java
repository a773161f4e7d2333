package relata.graph.engine;

import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How fast whole vectors are multiplied with each other by what multiplies their sketches: what
 * comparing all pairs would take without any. Prints {@code figure product.rate VALUE GFLOP/s}.
 * Arguments: the dimension, and for how many seconds.
 */
public final class ProductRate {
  /** As many vectors are multiplied with themselves. */
  private static final int ROWS = 4_096;

  private static final double NANOS = 1e9;

  private final Kernels kernels = Kernels.best();
  private final int dimension;
  private final float[] vectors;

  private ProductRate(int dimension) {
    this.dimension = dimension;
    vectors = new float[ROWS * dimension];
    Random random = new Random(1);
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) random.nextGaussian();
    }
  }

  public static void main(String[] arguments) {
    int dimension = Integer.parseInt(arguments[0]);
    double rate = new ProductRate(dimension).measure(Double.parseDouble(arguments[1]));
    System.out.printf(Locale.ROOT, "figure product.rate %.3f GFLOP/s%n", rate);
  }

  /** On all processors, the best of some seconds. */
  private double measure(double seconds) {
    double best = 0;
    long end = System.nanoTime() + (long) (seconds * NANOS);
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      multiply();
      best = Math.max(best, 2.0 * ROWS * ROWS * dimension / (System.nanoTime() - start));
    }
    return best;
  }

  private void multiply() {
    IntStream.range(0, ROWS / Kernels.TILE).parallel().forEach(this::multiplyAllWithTile);
  }

  private void multiplyAllWithTile(int number) {
    float[] tile = tile(number * Kernels.TILE);
    float[] sums = new float[Panel.BLOCK * Kernels.TILE];
    for (int first = 0; first < ROWS; first += Panel.BLOCK) {
      kernels.products(vectors, first * dimension, Panel.BLOCK, dimension, dimension, tile, sums);
    }
  }

  private float[] tile(int first) {
    float[] tile = new float[dimension * Kernels.TILE];
    for (int row = 0; row < Kernels.TILE; row++) {
      for (int j = 0; j < dimension; j++) {
        tile[j * Kernels.TILE + row] = vectors[(first + row) * dimension + j];
      }
    }
    return tile;
  }
}
