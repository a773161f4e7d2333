package relata.graph.vector;

import java.util.Arrays;
import java.util.function.LongPredicate;

/**
 * A fixed number of rows of vectors, small enough to stay in a core's cache while many queries pass
 * over it. Not changed once it is published: a writer changes a copy.
 */
final class Block {
  static final int ROWS = 64;

  final int dimension;

  /**
   * Number {@code i} of the vector in a row is at {@code i * ROWS + row}: next to those of the
   * other rows, which are compared side by side.
   */
  private final float[] columns;

  /** Lengths of the vectors; NaN for an empty row, which makes its similarities NaN as well. */
  final double[] norms;

  final long[] documentIds;
  final int[] ordinals;

  Block(int dimension) {
    this.dimension = dimension;
    columns = new float[ROWS * dimension];
    norms = new double[ROWS];
    Arrays.fill(norms, Double.NaN);
    documentIds = new long[ROWS];
    ordinals = new int[ROWS];
  }

  private Block(Block other) {
    dimension = other.dimension;
    columns = other.columns.clone();
    norms = other.norms.clone();
    documentIds = other.documentIds.clone();
    ordinals = other.ordinals.clone();
  }

  Block copy() {
    return new Block(this);
  }

  void set(int row, DocumentVectors document, int index) {
    int first = index * dimension;
    for (int i = 0; i < dimension; i++) {
      columns[i * ROWS + row] = document.values()[first + i];
    }
    norms[row] = Similarity.norm(document.values(), first, dimension);
    documentIds[row] = document.documentId();
    ordinals[row] = document.ordinals()[index];
  }

  /** Erases the numbers too: they must not outlive the document. */
  void clear(int row) {
    for (int i = 0; i < dimension; i++) {
      columns[i * ROWS + row] = 0;
    }
    norms[row] = Double.NaN;
    documentIds[row] = 0;
    ordinals[row] = 0;
  }

  long sizeBytes() {
    return (long) Float.BYTES * columns.length + (long) ROWS * (2 * Long.BYTES + Integer.BYTES);
  }

  /** Copies the vector of a row. */
  void read(int row, float[] into, int offset) {
    for (int i = 0; i < dimension; i++) {
      into[offset + i] = columns[i * ROWS + row];
    }
  }

  /** Whether some row is of a document that the predicate accepts. */
  boolean holdsAny(LongPredicate documents) {
    for (int row = 0; row < ROWS; row++) {
      if (!Double.isNaN(norms[row]) && documents.test(documentIds[row])) {
        return true;
      }
    }
    return false;
  }

  /**
   * Cosines of queries with every row; NaN for empty rows and zero vectors.
   *
   * @param into for each query one a row
   */
  void cosines(double[][] queries, double[] queryNorms, double[][] into) {
    SideBySide.dots(queries, columns, into);
    for (int query = 0; query < queries.length; query++) {
      for (int row = 0; row < ROWS; row++) {
        into[query][row] = Similarity.cosine(into[query][row], queryNorms[query], norms[row]);
      }
    }
  }
}
