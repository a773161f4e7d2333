package relata.graph.engine;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

/** Memory that a search works in, kept for the next one. */
final class Scratch {
  final Tiles tiles = new Tiles();

  /** Sums of a block of queries with one tile. */
  final float[] products = new float[TopScan.QUERIES * Kernels.TILE];

  /** A tile of principal parts as floats. */
  private float[] tile = new float[0];

  private float[] sums = new float[0];
  private float[] vector = new float[0];

  float[] tile(int length) {
    if (tile.length < length) {
      tile = new float[length];
    }
    return tile;
  }

  /** With whatever is left in it. */
  float[] sums(int length) {
    if (sums.length < length) {
      sums = new float[length + length / 4];
    }
    return sums;
  }

  float[] vector(int dimension) {
    if (vector.length != dimension) {
      vector = new float[dimension];
    }
    return vector;
  }

  /** As many as there are processors: more searches at once make their own and leave it behind. */
  static final class Pool {
    private final ArrayBlockingQueue<Scratch> idle =
        new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

    Scratch take() {
      Scratch scratch = idle.poll();
      return scratch == null ? new Scratch() : scratch;
    }

    void giveBack(Scratch scratch) {
      scratch.tiles.of(List.of());
      idle.offer(scratch);
    }
  }
}
