package relata.graph.vector;

import java.util.Arrays;

/**
 * A fixed number of rows of vectors, small enough to stay in a core's cache while many queries pass
 * over it. Not changed once it is published: a writer changes a copy.
 */
final class Block {
  static final int ROWS = 64;

  final int dimension;
  final float[] values;

  /** Lengths of the vectors; NaN for an empty row, which makes its similarities NaN as well. */
  final double[] norms;

  final long[] documentIds;
  final int[] ordinals;

  Block(int dimension) {
    this.dimension = dimension;
    values = new float[ROWS * dimension];
    norms = new double[ROWS];
    Arrays.fill(norms, Double.NaN);
    documentIds = new long[ROWS];
    ordinals = new int[ROWS];
  }

  private Block(Block other) {
    dimension = other.dimension;
    values = other.values.clone();
    norms = other.norms.clone();
    documentIds = other.documentIds.clone();
    ordinals = other.ordinals.clone();
  }

  Block copy() {
    return new Block(this);
  }

  void set(int row, DocumentVectors document, int index) {
    System.arraycopy(document.values(), index * dimension, values, row * dimension, dimension);
    norms[row] = Similarity.norm(values, row * dimension, dimension);
    documentIds[row] = document.documentId();
    ordinals[row] = document.ordinals()[index];
  }

  /** Erases the numbers too: they must not outlive the document. */
  void clear(int row) {
    Arrays.fill(values, row * dimension, (row + 1) * dimension, 0);
    norms[row] = Double.NaN;
    documentIds[row] = 0;
    ordinals[row] = 0;
  }

  long sizeBytes() {
    return (long) Float.BYTES * values.length + (long) ROWS * (2 * Long.BYTES + Integer.BYTES);
  }

  /** Cosines of a query with every row; NaN for empty rows and zero vectors. */
  void cosines(double[] query, double queryNorm, double[] into) {
    for (int row = 0; row < ROWS; row++) {
      into[row] =
          Similarity.cosine(Similarity.dot(query, values, row * dimension), queryNorm, norms[row]);
    }
  }
}
