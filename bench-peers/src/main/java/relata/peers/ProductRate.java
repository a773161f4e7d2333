package relata.peers;

import java.util.Locale;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * How fast OpenBLAS multiplies matrices of vectors: prints {@code figure openblas.rate VALUE
 * GFLOP/s}. Which kernel it takes is for the environment to say ({@code OPENBLAS_CORETYPE}),
 * because it looks when it is loaded. Arguments: the dimension, and for how many seconds.
 */
public final class ProductRate {
  /** A block of all pairs that is large enough for its full speed. */
  private static final int ROWS = 4_096;

  private ProductRate() {}

  public static void main(String[] arguments) {
    int dimension = Integer.parseInt(arguments[0]);
    double seconds = Double.parseDouble(arguments[1]);
    openblas.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
    Random random = new Random(1);
    float[] numbers = new float[ROWS * dimension];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    try (FloatPointer vectors = new FloatPointer(numbers);
        FloatPointer products = new FloatPointer((long) ROWS * ROWS)) {
      multiply(vectors, dimension, products);
      double best = 0;
      long end = System.nanoTime() + (long) (seconds * 1e9);
      while (System.nanoTime() < end) {
        long start = System.nanoTime();
        multiply(vectors, dimension, products);
        double nanos = System.nanoTime() - start;
        best = Math.max(best, 2.0 * ROWS * ROWS * dimension / nanos);
      }
      System.out.printf(Locale.ROOT, "figure openblas.rate %.3f GFLOP/s%n", best);
    }
  }

  private static void multiply(FloatPointer vectors, int dimension, FloatPointer products) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        ROWS,
        ROWS,
        dimension,
        1,
        vectors,
        dimension,
        vectors,
        dimension,
        0,
        products,
        ROWS);
  }
}
