package relata.graph.engine;

import java.util.List;

/**
 * Of some queries and each row of some tiles the product of the principal parts, and what it says
 * of their similarity.
 */
final class Sums {
  private static final float OUT = Float.NEGATIVE_INFINITY;

  private final Kernels kernels;
  private final List<Query> queries;
  private final Panels panels;
  private final Scratch scratch;
  private final Tiles tiles;
  private final int rows;

  /** Query after query, tile after tile; {@link #OUT} of a row that was taken out. */
  private final float[] sums;

  /**
   * @param scratch which has the tiles
   */
  Sums(Kernels kernels, List<Query> queries, Panels panels, Scratch scratch) {
    this.kernels = kernels;
    this.queries = queries;
    this.panels = panels;
    this.scratch = scratch;
    tiles = scratch.tiles;
    rows = tiles.size() * Kernels.TILE;
    sums = scratch.sums(queries.size() * rows);
  }

  /** How many positions there are; that of a row is {@code tile * TILE} and its place there. */
  int rows() {
    return rows;
  }

  float of(int query, int position) {
    return sums[query * rows + position];
  }

  void takeOut(int query, int position) {
    sums[query * rows + position] = OUT;
  }

  private int at(int query, int tile) {
    return query * rows + tile * Kernels.TILE;
  }

  /** Has to be called for a tile before anything else is. */
  void fill(int tile) {
    Sketches sketches = tiles.part(tile).sketches();
    int first = tiles.first(tile);
    if (sketches == null) {
      compareAll(tile);
    } else if (queries.size() == 1) {
      sketches.product(kernels, first, panels.of(sketches.frame()).weights(), 0, sums, at(0, tile));
    } else {
      float[] wide = scratch.tile(Kernels.TILE * sketches.frame().width());
      sketches.widen(kernels, first, wide);
      panels.of(sketches.frame()).products(kernels, wide, scratch.products);
      for (int query = 0; query < queries.size(); query++) {
        System.arraycopy(
            scratch.products, query * Kernels.TILE, sums, at(query, tile), Kernels.TILE);
      }
    }
  }

  /** Rows without sketches have their float cosine instead. */
  private void compareAll(int tile) {
    Part part = tiles.part(tile);
    for (int query = 0; query < queries.size(); query++) {
      for (long left = tiles.rows(tile); left != 0; left &= left - 1) {
        int row = Long.numberOfTrailingZeros(left);
        int slot = tiles.first(tile) + row;
        sums[at(query, tile) + row] =
            Frame.roundedUp(
                queries.get(query).ceiling(kernels, part.segment(slot), part.row(slot)));
      }
    }
  }

  /** The rows of a tile whose sum may be above a floor; at least those that are. */
  long above(int query, int tile, float floor) {
    Sketches sketches = tiles.part(tile).sketches();
    if (sketches == null || floor == OUT) {
      return tiles.rows(tile);
    }
    return tiles.rows(tile)
        & kernels.reaching(
            sums, at(query, tile), sketches.tails, sketches.spreads, tiles.first(tile), 0, floor);
  }

  /** The rows of a tile that the lengths of their rests do not exclude. */
  long reaching(int query, int tile, double floor) {
    Sketches sketches = tiles.part(tile).sketches();
    int at = at(query, tile);
    if (sketches != null && queries.get(query).isTame()) {
      return tiles.rows(tile)
          & panels
              .of(sketches.frame())
              .reaching(kernels, sketches, tiles.first(tile), query, sums, at, floor);
    }
    long reaching = 0;
    for (long left = tiles.rows(tile); left != 0; left &= left - 1) {
      int row = Long.numberOfTrailingZeros(left);
      float sum = sums[at + row];
      if (sum > OUT && (sketches != null || sum >= floor)) {
        reaching |= 1L << row;
      }
    }
    return reaching;
  }

  /** Whether the signs of a row's rest do not exclude it either. */
  boolean reaches(int query, int position, double floor) {
    int tile = position / Kernels.TILE;
    Sketches sketches = tiles.part(tile).sketches();
    return sketches == null
        || panels
            .of(sketches.frame())
            .reaches(sketches, slot(position), query, of(query, position), floor);
  }

  /** About how similar a row is. */
  float estimate(int query, int position) {
    Sketches sketches = tiles.part(position / Kernels.TILE).sketches();
    float sum = of(query, position);
    return sketches == null || !queries.get(query).isTame()
        ? sum
        : (float)
            (sum + sketches.restEstimate(slot(position), panels.of(sketches.frame()).probe(query)));
  }

  private int slot(int position) {
    return tiles.first(position / Kernels.TILE) + position % Kernels.TILE;
  }
}
