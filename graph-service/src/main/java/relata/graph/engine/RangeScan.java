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
    for (Part part : state.parts(scratch.length)) {
      for (int first = 0; first < part.size(); first += Kernels.TILE) {
        if (part.sketches() == null) {
          compareAll(part, first);
        } else {
          compareSketched(part, part.sketches(), first);
        }
      }
    }
  }

  private void compareAll(Part part, int first) {
    for (int query = 0; query < queries.size(); query++) {
      for (long left = part.present(first); left != 0; left &= left - 1) {
        compare(query, part, first + Long.numberOfTrailingZeros(left));
      }
    }
  }

  private void compareSketched(Part part, Sketches sketches, int first) {
    if (panel == null || panel.frame() != sketches.frame()) {
      panel = new Panel(sketches.frame(), queries);
      tile = new float[Kernels.TILE * sketches.frame().width()];
    }
    sketches.widen(kernels, first, tile);
    panel.products(kernels, tile, sums);
    long present = part.present(first);
    for (int query = 0; query < queries.size(); query++) {
      int at = query * Kernels.TILE;
      long left = present & panel.reaching(kernels, sketches, first, query, sums, at, threshold);
      for (; left != 0; left &= left - 1) {
        int row = Long.numberOfTrailingZeros(left);
        if (panel.reaches(sketches, first + row, query, sums[at + row], threshold)) {
          compare(query, part, first + row);
        }
      }
    }
  }

  private void compare(int query, Part part, int slot) {
    Segment segment = part.segment(slot);
    int row = part.row(slot);
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
