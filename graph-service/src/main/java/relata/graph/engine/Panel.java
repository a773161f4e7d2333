package relata.graph.engine;

import java.util.List;

/** Queries as a frame sees them, side by side, so that a tile of rows is widened once for all. */
final class Panel {
  /** Whoever compares many rows with more does so in several. */
  static final int QUERIES = 512;

  /** More would no longer stay in the nearest cache together with a tile and their sums. */
  static final int BLOCK = 64;

  private final Frame frame;
  private final List<Query> queries;
  private final Probe[] probes;
  private final float[] weights;
  private final float[] ends;
  private final boolean tame;

  Panel(Frame frame, List<Query> queries) {
    this.frame = frame;
    this.queries = queries;
    probes = new Probe[queries.size()];
    weights = new float[queries.size() * frame.width()];
    ends = new float[queries.size()];
    tame = queries.stream().allMatch(Query::isTame);
    for (int query = 0; query < probes.length; query++) {
      if (queries.get(query).isTame()) {
        probes[query] = queries.get(query).probe(frame);
        System.arraycopy(probes[query].weights, 0, weights, query * frame.width(), frame.width());
        ends[query] = probes[query].end;
      }
    }
  }

  Frame frame() {
    return frame;
  }

  /** Of the queries one after the other. */
  float[] weights() {
    return weights;
  }

  Probe probe(int query) {
    return probes[query];
  }

  /**
   * @param sums for each query the products of the principal parts with those of the tile's rows
   */
  void products(Kernels kernels, float[] tile, float[] sums) {
    kernels.products(weights, 0, probes.length, frame.width(), frame.width(), tile, sums);
  }

  /**
   * The same of the front of some queries.
   *
   * @param from the first of them
   * @param to after the last
   */
  void frontProducts(Kernels kernels, int from, int to, float[] tile, float[] sums) {
    int width = frame.width();
    kernels.products(weights, from * width, to - from, width, frame.front(), tile, sums);
  }

  /** Adds the products beyond the front to those of the front. */
  void addProducts(Kernels kernels, int query, float[] tile, float[] sums, int at) {
    int width = frame.width();
    kernels.addProducts(weights, query * width, 1, width, frame.front(), width, tile, sums, at);
  }

  /** As {@link #reaching}, by the products of the front alone. */
  long frontReaching(
      Kernels kernels,
      Sketches sketches,
      int firstRow,
      int query,
      float[] sums,
      int at,
      double floor) {
    return reaching(
        kernels, sketches, sketches.ends, ends[query], firstRow, query, sums, at, floor);
  }

  /**
   * Whether there may be such a row for any of {@link Kernels#QUERIES} queries.
   *
   * @param query the first
   */
  boolean anyReaches(
      Kernels kernels,
      Sketches sketches,
      int firstRow,
      int query,
      float[] sums,
      int at,
      double floor) {
    float least = roundedDown(floor - frame.headSlack());
    return !tame
        || kernels.anyReaches(
            sums, at, sketches.ends, sketches.spreads, firstRow, ends, query, least);
  }

  /**
   * The rows of a tile that may be at least as similar to a query as the floor, by their principal
   * parts and the lengths of their rests.
   */
  long reaching(
      Kernels kernels,
      Sketches sketches,
      int firstRow,
      int query,
      float[] sums,
      int at,
      double floor) {
    float tail = probes[query] == null ? 0 : probes[query].tail;
    return reaching(kernels, sketches, sketches.tails, tail, firstRow, query, sums, at, floor);
  }

  private long reaching(
      Kernels kernels,
      Sketches sketches,
      float[] lengths,
      float length,
      int firstRow,
      int query,
      float[] sums,
      int at,
      double floor) {
    if (probes[query] == null) {
      return -1;
    }
    float least = roundedDown(floor - frame.headSlack());
    return kernels.reaching(sums, at, lengths, sketches.spreads, firstRow, length, least);
  }

  /** The same for one row, by the signs of its rest as well. */
  boolean reaches(Sketches sketches, int row, int query, float sum, double floor) {
    return Float.isInfinite(sketches.spreads[row])
        || !queries.get(query).isTame()
        || sum
                + sketches.restCeiling(row, probes[query])
                + sketches.spreads[row]
                + frame.restSlack()
            >= floor;
  }

  private static float roundedDown(double number) {
    float nearest = (float) number;
    return nearest <= number ? nearest : Math.nextDown(nearest);
  }
}
