package relata.graph.vector;

import java.util.Arrays;

/**
 * {@link Similarity#dot} of several vectors with all rows of a block, bit for bit, but side by
 * side: each lane of the processor's vectors adds up one row, so that it is fast although no sum is
 * in another order. The loops are plain, and in methods of their own, so that the compiler makes
 * vector instructions of them; it does so only where all numbers are of one size, and therefore
 * some columns at a time are widened first, for all the vectors.
 */
final class SideBySide {
  private static final int ROWS = Block.ROWS;
  private static final int GROUP = Similarity.GROUP;

  private SideBySide() {}

  /**
   * @param vectors all of one dimension
   * @param columns the first numbers of all rows, then their second numbers, and so on
   * @param sums for each vector one a row
   */
  static void dots(double[][] vectors, float[] columns, double[][] sums) {
    int dimension = columns.length / ROWS;
    double[] wide = new double[GROUP * ROWS];
    for (int query = 0; query < vectors.length; query++) {
      Arrays.fill(sums[query], 0);
    }
    int whole = dimension - dimension % GROUP;
    for (int i = 0; i < whole; i += GROUP) {
      widen(columns, i * ROWS, wide, GROUP * ROWS);
      for (int query = 0; query < vectors.length; query++) {
        addGroup(vectors[query], i, wide, sums[query]);
      }
    }
    for (int i = whole; i < dimension; i++) {
      widen(columns, i * ROWS, wide, ROWS);
      for (int query = 0; query < vectors.length; query++) {
        addOne(vectors[query][i], wide, sums[query]);
      }
    }
  }

  private static void widen(float[] columns, int first, double[] wide, int count) {
    for (int i = 0; i < count; i++) {
      wide[i] = columns[first + i];
    }
  }

  private static void addGroup(double[] vector, int first, double[] wide, double[] sums) {
    double v0 = vector[first];
    double v1 = vector[first + 1];
    double v2 = vector[first + 2];
    double v3 = vector[first + 3];
    double v4 = vector[first + 4];
    double v5 = vector[first + 5];
    double v6 = vector[first + 6];
    double v7 = vector[first + 7];
    for (int row = 0; row < ROWS; row++) {
      sums[row] +=
          ((v0 * wide[row] + v1 * wide[ROWS + row])
                  + (v2 * wide[2 * ROWS + row] + v3 * wide[3 * ROWS + row]))
              + ((v4 * wide[4 * ROWS + row] + v5 * wide[5 * ROWS + row])
                  + (v6 * wide[6 * ROWS + row] + v7 * wide[7 * ROWS + row]));
    }
  }

  private static void addOne(double number, double[] wide, double[] sums) {
    for (int row = 0; row < ROWS; row++) {
      sums[row] += number * wide[row];
    }
  }
}
