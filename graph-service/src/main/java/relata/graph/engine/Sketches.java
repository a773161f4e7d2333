package relata.graph.engine;

import static relata.graph.engine.NumberWriter.BYTES;
import static relata.graph.engine.NumberWriter.FLOATS;
import static relata.graph.engine.NumberWriter.LONGS;

import java.io.IOException;

/**
 * Sketches of the rows of a segment. For each row a byte for each principal coordinate, a bit for
 * each coordinate of the rest, and five factors; see {@link Frame}.
 *
 * <p>The bytes of a tile's rows stand side by side, coordinate after coordinate, and so do the
 * factors; the bits of a row are together, because they are looked at row by row.
 */
final class Sketches {
  private static final int CACHE_LINE = 64;

  private final Frame frame;
  private final byte[] heads;
  private final long[] signs;

  /** At least the length of the rest. */
  final float[] tails;

  /**
   * At least the length of what comes after the front: the rounded principal coordinates beyond it,
   * and the rest.
   */
  final float[] ends;

  /**
   * At least the length of what rounding the principal coordinates to bytes left out. Infinite for
   * a vector that is not sketched, so that it always is a candidate, and negative for one that is
   * similar to nothing.
   */
  final float[] spreads;

  /** Length of the rest along its signs, and beside them. */
  private final float[] along;

  private final float[] beside;

  Sketches(Frame frame, int rows) {
    this.frame = frame;
    heads = new byte[rows * frame.width()];
    // So that whole groups of words may be looked at from any row on.
    signs = new long[rows * frame.words() + Kernels.WORDS];
    tails = new float[rows];
    ends = new float[rows];
    spreads = new float[rows];
    along = new float[rows];
    beside = new float[rows];
  }

  /** Those that {@link #write} wrote, of as many rows. */
  static Sketches read(Frame frame, int rows, NumberReader from) throws IOException {
    Sketches sketches = new Sketches(frame, rows);
    from.read(sketches.heads, sketches.heads.length, BYTES);
    from.read(sketches.signs, rows * frame.words(), LONGS);
    for (float[] factors : sketches.factors()) {
      from.read(factors, rows, FLOATS);
    }
    return sketches;
  }

  void write(NumberWriter to) throws IOException {
    to.write(heads, heads.length, BYTES);
    to.write(signs, signs.length - Kernels.WORDS, LONGS);
    for (float[] factors : factors()) {
      to.write(factors, factors.length, FLOATS);
    }
  }

  private float[][] factors() {
    return new float[][] {tails, ends, spreads, along, beside};
  }

  Frame frame() {
    return frame;
  }

  long sizeBytes() {
    return heads.length + (long) Long.BYTES * signs.length + 5L * Float.BYTES * tails.length;
  }

  /** Where the bytes of the tile begin that a row is the first of. */
  private int headOf(int row) {
    int tile = row / Kernels.TILE;
    return tile * Kernels.TILE * frame.width() + row % Kernels.TILE;
  }

  void set(int row, float[] vector, double norm) {
    if (!Frame.isTame(norm)) {
      spreads[row] = norm > 0 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
      return;
    }
    Frame.Split split = frame.split(vector, norm);
    tails[row] = split.tail();
    setHead(row, split.principal());
    setSigns(row, split.rest());
  }

  private void setHead(int row, float[] principal) {
    int at = headOf(row);
    double squares = 0;
    double end = (double) tails[row] * tails[row];
    for (int j = 0; j < principal.length; j++, at += Kernels.TILE) {
      heads[at] = frame.step(j, principal[j]);
      double rounded = (double) frame.scale(j) * heads[at];
      squares += (principal[j] - rounded) * (principal[j] - rounded);
      end += j < frame.front() ? 0 : rounded * rounded;
    }
    ends[row] = Frame.endOf(end);
    spreads[row] = Frame.roundedUp(1.02 * Math.sqrt(squares));
  }

  private void setSigns(int row, float[] rest) {
    int first = row * frame.words();
    double sum = 0;
    double squares = 0;
    for (int word = 0, i = 0; i < rest.length; word++) {
      long bits = 0;
      for (int bit = 0; bit < Long.SIZE; bit++, i++) {
        double number = rest[i];
        sum += Math.abs(number);
        squares += number * number;
        bits |= number > 0 ? 1L << bit : 0;
      }
      signs[first + word] = bits;
    }
    along[row] = (float) (sum / Math.sqrt(rest.length));
    beside[row] = besideOf(squares, along[row]);
  }

  /** With the error of rounding the first length to float, in either direction. */
  private static float besideOf(double squares, double along) {
    double square = squares * (1 + 1e-12) - along * along;
    return Frame.roundedUp(Math.sqrt(Math.max(0, square) + 4 * Frame.UNIT * squares));
  }

  /** The sketch of a row in the same frame. */
  void copy(int row, Sketches other, int from) {
    int at = headOf(row);
    int otherAt = other.headOf(from);
    for (int j = 0; j < frame.width(); j++) {
      heads[at + j * Kernels.TILE] = other.heads[otherAt + j * Kernels.TILE];
    }
    int words = frame.words();
    System.arraycopy(other.signs, from * words, signs, row * words, words);
    tails[row] = other.tails[from];
    ends[row] = other.ends[from];
    spreads[row] = other.spreads[from];
    along[row] = other.along[from];
    beside[row] = other.beside[from];
  }

  /** The principal coordinates of a row, as they were rounded. */
  void readPrincipal(int row, float[] into, int at) {
    int from = headOf(row);
    for (int j = 0; j < frame.width(); j++) {
      into[at + j] = frame.scale(j) * heads[from + j * Kernels.TILE];
    }
  }

  /** Leaves nothing of a vector behind. */
  void erase(int row) {
    int at = headOf(row);
    for (int j = 0; j < frame.width(); j++, at += Kernels.TILE) {
      heads[at] = 0;
    }
    for (int word = 0; word < frame.words(); word++) {
      signs[row * frame.words() + word] = 0;
    }
    tails[row] = 0;
    ends[row] = 0;
    spreads[row] = Float.NEGATIVE_INFINITY;
    along[row] = 0;
    beside[row] = 0;
  }

  /** The principal parts of a tile as {@link Kernels#products} takes them. */
  void widen(Kernels kernels, int firstRow, float[] tile) {
    kernels.widen(heads, firstRow * frame.width(), tile);
  }

  /**
   * Products of the principal parts of a tile with that of a query.
   *
   * @param weights of which those of the query begin at {@code first}
   */
  void product(Kernels kernels, int firstRow, float[] weights, int first, float[] sums, int to) {
    kernels.product(weights, first, frame.width(), heads, firstRow * frame.width(), sums, to);
  }

  /** The greatest product that the rests of a row and of a probe may have. */
  double restCeiling(int row, Probe probe) {
    return probe.restCeiling(signs, row * frame.words(), along[row], beside[row]);
  }

  /**
   * Brings the signs of a tile into the cache. One after the other they come fast; looked at here
   * and there, as the rows come that are not excluded before, each is waited for.
   */
  long readAhead(int firstRow) {
    long sum = 0;
    int end = (firstRow + Kernels.TILE) * frame.words();
    for (int word = firstRow * frame.words(); word < end; word += CACHE_LINE / Long.BYTES) {
      sum += signs[word];
    }
    return sum;
  }

  /** What the product of the rests probably is. */
  double restEstimate(int row, Probe probe) {
    return probe.restEstimate(signs, row * frame.words(), along[row], beside[row]);
  }
}
