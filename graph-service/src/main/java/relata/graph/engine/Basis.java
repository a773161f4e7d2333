package relata.graph.engine;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Directions along which a sample of unit vectors is longest (the first principal ones, with the
 * mean not taken out), by block power iteration. Any orthonormal directions would be right; good
 * ones leave little of a vector beside them.
 */
final class Basis {
  private static final int ITERATIONS = 4;

  private Basis() {}

  /**
   * @param sample unit vectors of one dimension
   * @param width how many directions, at most the dimension
   * @return the directions one after the other
   */
  static float[] of(
      List<float[]> sample, int dimension, int width, RandomGenerator random, Kernels kernels) {
    double[][] directions = new double[width][dimension];
    for (double[] direction : directions) {
      for (int i = 0; i < dimension; i++) {
        direction[i] = random.nextGaussian();
      }
    }
    orthonormalize(directions, random);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      float[] basis = flat(directions, dimension);
      float[][] moved = new float[width][dimension];
      for (float[] vector : sample) {
        for (int j = 0; j < width; j++) {
          float along = kernels.dot(basis, j * dimension, vector, 0, dimension);
          kernels.addScaled(moved[j], along, vector, 0, dimension);
        }
      }
      for (int j = 0; j < width; j++) {
        for (int i = 0; i < dimension; i++) {
          directions[j][i] = moved[j][i];
        }
      }
      orthonormalize(directions, random);
    }
    return flat(directions, dimension);
  }

  /** Gram-Schmidt, twice, because once leaves the rounding errors of nearly parallel ones. */
  private static void orthonormalize(double[][] directions, RandomGenerator random) {
    for (int j = 0; j < directions.length; j++) {
      double[] direction = directions[j];
      // A sample that spans fewer dimensions leaves nothing: any other direction does then.
      while (!(normalize(direction) > 0 && isLeftAfter(directions, j))) {
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextGaussian();
        }
      }
    }
  }

  private static boolean isLeftAfter(double[][] directions, int count) {
    double[] direction = directions[count];
    for (int pass = 0; pass < 2; pass++) {
      for (int other = 0; other < count; other++) {
        subtract(direction, directions[other]);
      }
      if (normalize(direction) < 1e-6) {
        return false;
      }
    }
    return true;
  }

  private static void subtract(double[] direction, double[] other) {
    double along = 0;
    for (int i = 0; i < other.length; i++) {
      along += direction[i] * other[i];
    }
    for (int i = 0; i < other.length; i++) {
      direction[i] -= along * other[i];
    }
  }

  /** Returns the length that it had. */
  private static double normalize(double[] direction) {
    double square = 0;
    for (double number : direction) {
      square += number * number;
    }
    double length = Math.sqrt(square);
    if (length > 0) {
      for (int i = 0; i < direction.length; i++) {
        direction[i] /= length;
      }
    }
    return length;
  }

  private static float[] flat(double[][] directions, int dimension) {
    float[] flat = new float[directions.length * dimension];
    for (int j = 0; j < directions.length; j++) {
      for (int i = 0; i < dimension; i++) {
        flat[j * dimension + i] = (float) directions[j][i];
      }
    }
    return flat;
  }

  /** How far the directions are from orthonormal: Frobenius norm of {@code P P' - 1}. */
  static double deviation(float[] basis, int dimension) {
    int width = basis.length / dimension;
    double squares = 0;
    for (int j = 0; j < width; j++) {
      for (int k = 0; k <= j; k++) {
        double dot = 0;
        for (int i = 0; i < dimension; i++) {
          dot += (double) basis[j * dimension + i] * basis[k * dimension + i];
        }
        double off = j == k ? dot - 1 : dot;
        squares += (j == k ? 1 : 2) * off * off;
      }
    }
    return Math.sqrt(squares) + 1e-12;
  }
}
