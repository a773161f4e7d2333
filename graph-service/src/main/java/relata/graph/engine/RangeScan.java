package relata.graph.engine;

import java.util.List;

/** Finds all rows that are at least as similar to some vectors as a threshold, with certainty. */
final class RangeScan {
  private final Kernels kernels;
  private final State state;
  private final List<Part> parts;
  private final List<Query> queries;
  private final double threshold;
  private final Pairs pairs;
  private final float[] scratch;
  private final float[] sums;
  private float[] tile = new float[0];
  private Panel panel;

  /** Of the queries in the part, ascending; null in a part that every query is compared with. */
  private int[] slots;

  /** How many of the queries, the first ones, are compared with the tile. */
  private int wanted;

  /** Of no meaning, but that what is read ahead is read. */
  @SuppressWarnings("UnusedVariable")
  private long ahead;

  /** What becomes of the pairs. */
  interface Pairs {
    /** Asked before much is computed. */
    boolean isWanted(int query, long documentId);

    void found(int query, long documentId, int ordinal, double similarity);
  }

  /**
   * Of all rows.
   *
   * @param queries all of one dimension, at most {@link Panel#QUERIES}
   */
  RangeScan(Kernels kernels, State state, List<Query> queries, double threshold, Pairs pairs) {
    this(
        kernels,
        state,
        state.parts(queries.getFirst().dimension()),
        queries,
        null,
        threshold,
        pairs);
  }

  /**
   * Of the rows of some parts, of the first of which the queries are rows themselves: each is
   * compared with what comes after it.
   *
   * @param queries all of the dimension of the parts, at most {@link Panel#QUERIES}
   * @param slots of the queries in the first part, ascending
   */
  RangeScan(
      Kernels kernels,
      State state,
      List<Part> parts,
      List<Query> queries,
      int[] slots,
      double threshold,
      Pairs pairs) {
    this.kernels = kernels;
    this.state = state;
    this.parts = parts;
    this.queries = queries;
    this.slots = slots;
    this.threshold = threshold;
    this.pairs = pairs;
    scratch = new float[queries.getFirst().dimension()];
    sums = new float[Math.min(queries.size(), Panel.BLOCK) * Kernels.TILE];
  }

  void run() {
    for (Part part : parts) {
      int from = slots == null ? 0 : slots[0] / Kernels.TILE * Kernels.TILE;
      for (int first = from; first < part.size(); first += Kernels.TILE) {
        while (wanted < queries.size() && (slots == null || slots[wanted] < first + Kernels.TILE)) {
          wanted++;
        }
        if (part.sketches() == null) {
          compareAll(part, first);
        } else {
          compareSketched(part, part.sketches(), first);
        }
      }
      slots = null;
    }
  }

  /** The rows of a tile that a query is compared with. */
  private long rows(Part part, int first, int query) {
    long present = part.present(first);
    if (slots == null || slots[query] < first) {
      return present;
    }
    // Shifted twice, because by 64 is not at all.
    return present & (-1L << (slots[query] - first) << 1);
  }

  private void compareAll(Part part, int first) {
    for (int query = 0; query < wanted; query++) {
      for (long left = rows(part, first, query); left != 0; left &= left - 1) {
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
    if (wanted > Panel.BLOCK) {
      ahead += sketches.readAhead(first);
    }
    for (int from = 0; from < wanted; from += Panel.BLOCK) {
      int to = Math.min(from + Panel.BLOCK, wanted);
      panel.frontProducts(kernels, from, to, tile, sums);
      for (int query = from; query < to; query += Kernels.QUERIES) {
        compareFew(part, sketches, first, query, to, (query - from) * Kernels.TILE);
      }
    }
  }

  private void compareFew(Part part, Sketches sketches, int first, int from, int end, int at) {
    int to = Math.min(from + Kernels.QUERIES, end);
    if (to - from == Kernels.QUERIES
        && !panel.anyReaches(kernels, sketches, first, from, sums, at, threshold)) {
      return;
    }
    for (int query = from; query < to; query++) {
      compareSketched(part, sketches, first, query, at + (query - from) * Kernels.TILE);
    }
  }

  private void compareSketched(Part part, Sketches sketches, int first, int query, int at) {
    if (panel.frontReaching(kernels, sketches, first, query, sums, at, threshold) == 0) {
      return;
    }
    panel.addProducts(kernels, query, tile, sums, at);
    long left =
        rows(part, first, query)
            & panel.reaching(kernels, sketches, first, query, sums, at, threshold);
    for (; left != 0; left &= left - 1) {
      int row = Long.numberOfTrailingZeros(left);
      if (panel.reaches(sketches, first + row, query, sums[at + row], threshold)) {
        compare(query, part, first + row);
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
