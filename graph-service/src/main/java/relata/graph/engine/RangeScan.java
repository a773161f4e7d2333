package relata.graph.engine;

import java.util.List;

/** Finds all rows that are at least as similar to some vectors as a threshold, with certainty. */
final class RangeScan {
  private final Kernels kernels;
  private final State state;
  private final List<Query> queries;
  private final double threshold;
  private final Pairs pairs;
  private final float[] scratch;
  private final float[] sums;
  private float[] tile = new float[0];
  private Panel panel;

  /** What becomes of the pairs. */
  interface Pairs {
    /** Asked before much is computed. */
    boolean isWanted(int query, long documentId);

    void found(int query, long documentId, int ordinal, double similarity);
  }

  /**
   * @param queries all of one dimension, at most {@link Panel#QUERIES}
   */
  RangeScan(Kernels kernels, State state, List<Query> queries, double threshold, Pairs pairs) {
    this.kernels = kernels;
    this.state = state;
    this.queries = queries;
    this.threshold = threshold;
    this.pairs = pairs;
    scratch = new float[queries.getFirst().dimension()];
    sums = new float[queries.size() * Kernels.TILE];
  }

  void run() {
    for (int number = 0; number < state.segments.length; number++) {
      Segment segment = state.segments[number];
      if (segment != null && segment.dimension == scratch.length) {
        for (int first = 0; first < state.filled[number]; first += Kernels.TILE) {
          long rows = state.tile(number, first);
          if (segment.sketches() == null) {
            compareAll(segment, first, rows);
          } else {
            compareSketched(segment, segment.sketches(), first, rows);
          }
        }
      }
    }
  }

  private void compareAll(Segment segment, int first, long rows) {
    for (int query = 0; query < queries.size(); query++) {
      for (long left = rows; left != 0; left &= left - 1) {
        compare(query, segment, first + Long.numberOfTrailingZeros(left));
      }
    }
  }

  private void compareSketched(Segment segment, Sketches sketches, int first, long rows) {
    if (panel == null || panel.frame() != sketches.frame()) {
      panel = new Panel(sketches.frame(), queries);
      tile = new float[Kernels.TILE * sketches.frame().width()];
    }
    sketches.widen(kernels, first, tile);
    panel.products(kernels, tile, sums);
    for (int query = 0; query < queries.size(); query++) {
      int at = query * Kernels.TILE;
      long left = rows & panel.reaching(kernels, sketches, first, query, sums, at, threshold);
      for (; left != 0; left &= left - 1) {
        int row = Long.numberOfTrailingZeros(left);
        if (panel.reaches(sketches, first + row, query, sums[at + row], threshold)) {
          compare(query, segment, first + row);
        }
      }
    }
  }

  private void compare(int query, Segment segment, int row) {
    if (!state.holds(segment, row)) {
      return;
    }
    long documentId = segment.documentIds[row];
    Query wanted = queries.get(query);
    if (pairs.isWanted(query, documentId) && wanted.ceiling(kernels, segment, row) >= threshold) {
      double similarity = wanted.similarity(segment, row, scratch);
      if (similarity >= threshold) {
        pairs.found(query, documentId, segment.ordinals[row], similarity);
      }
    }
  }
}
