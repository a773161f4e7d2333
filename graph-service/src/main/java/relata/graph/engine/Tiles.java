package relata.graph.engine;

import java.util.Arrays;
import java.util.List;

/** The tiles that a scan goes over, and which of their rows; kept for the next scan. */
final class Tiles {
  private static final int FIRST_CAPACITY = 256;

  /** As many rows of a tile, compared as they are, take as long as the product of the tile. */
  private static final double FEW = 2.5;

  private List<Part> parts = List.of();
  private int[] numbers = new int[FIRST_CAPACITY];
  private int[] firsts = new int[FIRST_CAPACITY];
  private long[] rows = new long[FIRST_CAPACITY];
  private int size;

  /** Of all tiles. */
  private long rowCount;

  /** Forgets what there was. */
  void of(List<Part> others) {
    parts = others;
    size = 0;
    rowCount = 0;
  }

  int size() {
    return size;
  }

  /** Whether a tile has but a few of the rows, at an average. */
  boolean areSparse() {
    return rowCount <= FEW * size;
  }

  Part part(int tile) {
    return parts.get(numbers[tile]);
  }

  /** Slot of the tile's first row. */
  int first(int tile) {
    return firsts[tile];
  }

  long rows(int tile) {
    return rows[tile];
  }

  /**
   * The slots of a part from one to another.
   *
   * @param passing which of the part's slots pass a filter, a word a tile; null if all do
   */
  void add(int number, int from, int to, long[] passing) {
    for (int slot = from; slot < to; ) {
      int first = slot / Kernels.TILE * Kernels.TILE;
      int end = Math.min(to, first + Kernels.TILE);
      long some = (-1L << slot) & (-1L >>> (first + Kernels.TILE - end));
      add(number, first, passing == null ? some : some & passing[first / Kernels.TILE]);
      slot = end;
    }
  }

  private void add(int number, int first, long some) {
    if (some == 0) {
      return;
    }
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      firsts = Arrays.copyOf(firsts, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    numbers[size] = number;
    firsts[size] = first;
    rows[size++] = some;
    rowCount += Long.bitCount(some);
  }
}
