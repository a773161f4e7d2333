package relata.graph.engine;

import java.util.Arrays;

/**
 * Puts points that are near each other together: k-means from evenly drawn points on, without any
 * chance in it. Points are compared with centres as queries are with rows.
 */
final class Clustering {
  private static final int ITERATIONS = 6;

  /** Points that a centre is made from. */
  private static final int SAMPLE_EACH = 32;

  private final Kernels kernels;
  private final Points points;
  private final int width;
  private final int count;
  private final Runnable pause;

  /** One centre after the other. */
  private final float[] centres;

  private final float[][] tiles;

  /** How far the points of each centre are from it, as a root mean square. */
  private final float[] widths;

  /** Half of each centre's square length, by tile. */
  private final float[][] halves;

  private final float[] zeros = new float[Kernels.TILE];
  private final float[] some;
  private final float[] sums = new float[Kernels.TILE * Kernels.TILE];

  /** What is put together. */
  interface Points {
    int size();

    /** Writes a point's coordinates. */
    void read(int index, float[] into, int at);
  }

  /**
   * @param count how many centres, at most as many as there are points
   * @param pause called often: whoever has to go first goes meanwhile
   */
  Clustering(Kernels kernels, Points points, int width, int count, Runnable pause) {
    this.kernels = kernels;
    this.pause = pause;
    this.points = points;
    this.width = width;
    this.count = count;
    centres = new float[count * width];
    int tileCount = (count + Kernels.TILE - 1) / Kernels.TILE;
    tiles = new float[tileCount][width * Kernels.TILE];
    halves = new float[tileCount][Kernels.TILE];
    widths = new float[tileCount * Kernels.TILE];
    some = new float[Kernels.TILE * width];
  }

  /**
   * Trains.
   *
   * @return for each point the number of its centre
   */
  int[] run() {
    for (int centre = 0; centre < count; centre++) {
      points.read(drawn(centre, count), centres, centre * width);
    }
    int sample = (int) Math.min(points.size(), (long) SAMPLE_EACH * count);
    int[] drawn = new int[sample];
    Arrays.setAll(drawn, i -> drawn(i, sample));
    int[] nearest = new int[sample];
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      tile();
      assign(drawn, nearest);
      move(drawn, nearest);
    }
    tile();
    int[] all = new int[points.size()];
    Arrays.setAll(all, i -> i);
    int[] result = new int[all.length];
    assign(all, result);
    measure(result);
    return result;
  }

  private void measure(int[] nearest) {
    double[] squares = new double[count];
    int[] sizes = new int[count];
    float[] point = new float[width];
    for (int i = 0; i < nearest.length; i++) {
      points.read(i, point, 0);
      int from = nearest[i] * width;
      sizes[nearest[i]]++;
      for (int j = 0; j < width; j++) {
        double away = point[j] - (double) centres[from + j];
        squares[nearest[i]] += away * away;
      }
    }
    for (int centre = 0; centre < count; centre++) {
      widths[centre] = (float) Math.sqrt(squares[centre] / Math.max(1, sizes[centre]));
    }
  }

  private int drawn(int index, int of) {
    return (int) ((long) index * points.size() / of);
  }

  private void tile() {
    for (float[] half : halves) {
      // Nothing is nearest to a centre that there is not.
      Arrays.fill(half, Float.POSITIVE_INFINITY);
    }
    for (int centre = 0; centre < count; centre++) {
      float[] tile = tiles[centre / Kernels.TILE];
      int at = centre % Kernels.TILE;
      double square = 0;
      for (int j = 0; j < width; j++) {
        float number = centres[centre * width + j];
        tile[j * Kernels.TILE + at] = number;
        square += (double) number * number;
      }
      halves[centre / Kernels.TILE][at] = (float) (square / 2);
    }
  }

  private void assign(int[] indexes, int[] nearest) {
    float[] best = new float[Kernels.TILE];
    for (int from = 0; from < indexes.length; from += Kernels.TILE) {
      pause.run();
      int size = Math.min(Kernels.TILE, indexes.length - from);
      for (int i = 0; i < size; i++) {
        points.read(indexes[from + i], some, i * width);
      }
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      for (int tile = 0; tile < tiles.length; tile++) {
        kernels.products(some, 0, size, width, width, tiles[tile], sums);
        for (int i = 0; i < size; i++) {
          int found = best(tile, i * Kernels.TILE, best, i);
          nearest[from + i] = found < 0 ? nearest[from + i] : found;
        }
      }
    }
  }

  /** The centre of the tile that is nearer than the best so far, or -1. */
  private int best(int tile, int at, float[] best, int index) {
    float[] half = halves[tile];
    int found = -1;
    long nearer = kernels.reaching(sums, at, half, zeros, 0, -1, Math.nextUp(best[index]));
    for (; nearer != 0; nearer &= nearer - 1) {
      int centre = Long.numberOfTrailingZeros(nearer);
      float score = sums[at + centre] - half[centre];
      if (score > best[index]) {
        best[index] = score;
        found = tile * Kernels.TILE + centre;
      }
    }
    return found;
  }

  /** Each to the mean of its points; one without any stays where it is. */
  private void move(int[] indexes, int[] nearest) {
    int[] sizes = new int[count];
    float[] totals = new float[count * width];
    float[] point = new float[width];
    for (int i = 0; i < indexes.length; i++) {
      points.read(indexes[i], point, 0);
      int centre = nearest[i];
      sizes[centre]++;
      for (int j = 0; j < width; j++) {
        totals[centre * width + j] += point[j];
      }
    }
    for (int centre = 0; centre < count; centre++) {
      for (int j = 0; sizes[centre] > 0 && j < width; j++) {
        centres[centre * width + j] = totals[centre * width + j] / sizes[centre];
      }
    }
  }

  /**
   * The centres as they were trained.
   *
   * @param frame whose steps they are given in
   */
  Centres centres(Frame frame) {
    byte[] heads = new byte[tiles.length * width * Kernels.TILE];
    int at = 0;
    for (float[] tile : tiles) {
      for (int i = 0; i < tile.length; i++) {
        heads[at++] = frame.step(i / Kernels.TILE, tile[i]);
      }
    }
    return new Centres(count, width, heads, widths);
  }
}
