package relata.graph.engine;

import static relata.graph.engine.NumberWriter.FLOATS;

import java.io.IOException;

/**
 * Centres of lists by their principal coordinates, in tiles, so that a query is compared with all
 * of them as it is with rows.
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
  private final float[][] tiles;

  private final float[][] widths;

  /**
   * @param tiles in the steps that {@link Sketches} rounds to
   * @param widths by tile how far the rows of each list are from its centre
   */
  Centres(int count, int width, float[][] tiles, float[][] widths) {
    this.count = count;
    this.width = width;
    this.tiles = tiles;
    this.widths = widths;
  }

  /** Those that {@link #write} wrote, of as many lists and coordinates. */
  static Centres read(int count, int width, NumberReader from) throws IOException {
    int tileCount = (count + Kernels.TILE - 1) / Kernels.TILE;
    float[][] tiles = new float[tileCount][];
    float[][] widths = new float[tileCount][];
    for (int tile = 0; tile < tileCount; tile++) {
      tiles[tile] = from.read(new float[width * Kernels.TILE], width * Kernels.TILE, FLOATS);
      widths[tile] = from.read(new float[Kernels.TILE], Kernels.TILE, FLOATS);
    }
    return new Centres(count, width, tiles, widths);
  }

  void write(NumberWriter to) throws IOException {
    for (int tile = 0; tile < tiles.length; tile++) {
      to.write(tiles[tile], tiles[tile].length, FLOATS);
      to.write(widths[tile], widths[tile].length, FLOATS);
    }
  }

  int count() {
    return count;
  }

  /** Offers each list, by how similar to the query the best of it may be, and its number. */
  void offer(Kernels kernels, float[] weights, float[] sums, int firstNumber, Shortlist shortlist) {
    for (int tile = 0; tile < tiles.length; tile++) {
      kernels.products(weights, 0, 1, width, width, tiles[tile], sums);
      int first = tile * Kernels.TILE;
      for (int i = 0; i < Kernels.TILE && first + i < count; i++) {
        float score = sums[i] + WIDTH_GAIN * widths[tile][i];
        if (score > shortlist.floor()) {
          shortlist.offer(score, firstNumber + first + i);
        }
      }
    }
  }

  long sizeBytes() {
    return (long) tiles.length * (width + 1) * Kernels.TILE * Float.BYTES;
  }
}
