package relata.graph.engine;

import java.util.List;

/** Queries as a frame sees them, side by side, so that a tile of rows is widened once for all. */
final class Panel {
  /** More would no longer stay in the nearest cache together with a tile. */
  static final int QUERIES = 64;

  private final Frame frame;
  private final List<Query> queries;
  private final Probe[] probes;
  private final float[] weights;

  Panel(Frame frame, List<Query> queries) {
    this.frame = frame;
    this.queries = queries;
    probes = new Probe[queries.size()];
    weights = new float[queries.size() * frame.width()];
    for (int query = 0; query < probes.length; query++) {
      if (queries.get(query).isTame()) {
        probes[query] = queries.get(query).probe(frame);
        System.arraycopy(probes[query].weights, 0, weights, query * frame.width(), frame.width());
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
    kernels.products(weights, probes.length, frame.width(), tile, sums);
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
    if (!queries.get(query).isTame()) {
      return -1;
    }
    return kernels.reaching(
        sums,
        at,
        sketches.tails,
        sketches.spreads,
        firstRow,
        probes[query].tail,
        roundedDown(floor - frame.headSlack()));
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
