package relata.graph.engine;

import static relata.graph.engine.NumberWriter.BYTES;
import static relata.graph.engine.NumberWriter.FLOATS;

import java.io.IOException;

/**
 * Centres of lists by their principal coordinates, rounded to bytes and in tiles as those of rows
 * are ({@link Sketches}), so that a query is compared with all of them as it is with rows, and
 * those of a million rows stay in a processor's cache.
 */
final class Centres {
  /**
   * What a list gains by being wide: its rows that are most similar to a query are more similar
   * than its centre is. Tried out; 0.2 to 0.4 find as many right rows in a fifth fewer lists than
   * none.
   */
  private static final float WIDTH_GAIN = 0.3f;

  private final int count;
  private final int width;

  /** Coordinate {@code j} of centre {@code r} of a tile is at {@code j * TILE + r} of it. */
  private final byte[] heads;

  /** How far the rows of each list are from its centre. */
  private final float[] widths;

  private final float[] zeros;

  /**
   * @param heads in the steps that {@link Sketches} rounds to, tile after tile, the last one whole
   * @param widths as many as there are centres in these tiles
   */
  Centres(int count, int width, byte[] heads, float[] widths) {
    this.count = count;
    this.width = width;
    this.heads = heads;
    this.widths = widths;
    zeros = new float[widths.length];
  }

  /** Those that {@link #write} wrote, of as many lists and coordinates. */
  static Centres read(int count, int width, NumberReader from) throws IOException {
    int whole = SegmentReader.capacity(count);
    byte[] heads = from.read(new byte[whole * width], whole * width, BYTES);
    return new Centres(count, width, heads, from.read(new float[whole], whole, FLOATS));
  }

  void write(NumberWriter to) throws IOException {
    to.write(heads, heads.length, BYTES);
    to.write(widths, widths.length, FLOATS);
  }

  int count() {
    return count;
  }

  /** Offers each list, by how similar to the query the best of it may be, and its number. */
  void offer(Kernels kernels, float[] weights, float[] sums, int firstNumber, Shortlist shortlist) {
    for (int first = 0; first < count; first += Kernels.TILE) {
      kernels.product(weights, 0, width, heads, first * width, sums, 0);
      long there = -1L >>> Math.max(0, first + Kernels.TILE - count);
      float floor = shortlist.floor();
      long left = there & kernels.reaching(sums, 0, widths, zeros, first, WIDTH_GAIN, floor);
      for (; left != 0; left &= left - 1) {
        int i = Long.numberOfTrailingZeros(left);
        shortlist.offer(sums[i] + WIDTH_GAIN * widths[first + i], firstNumber + first + i);
      }
    }
  }

  long sizeBytes() {
    return heads.length + (long) (widths.length + zeros.length) * Float.BYTES;
  }
}
