package relata.graph.engine;

import java.util.ArrayList;
import java.util.List;
import relata.graph.vector.BestHits;

/**
 * Finds the documents most similar to some vectors among the rows of some tiles. One pass over the
 * principal parts says which rows look best; these are compared exactly; and of the others only
 * those are, that the bounds do not exclude.
 */
final class TopScan {
  /** Of how many queries the sums of all rows are held at a time, 4 bytes each. */
  static final int QUERIES = 4;

  private static final int FIRST_LOOKS = 64;
  private static final float OUT = Float.NEGATIVE_INFINITY;

  private final Kernels kernels;
  private final State state;
  private final List<Query> queries;
  private final int limit;
  private final int depth;
  private final Scratch scratch;
  private final Tiles tiles;

  /**
   * Of each query, one after the other, and each row of each tile the product of the principal
   * parts; of a row that was looked at {@link #OUT}.
   */
  private final float[] sums;

  private final int rows;
  private final Panels panels;

  /**
   * @param queries all of one dimension, at most {@link #QUERIES}
   * @param depth how many rows of each query may be compared exactly
   * @param scratch which has the tiles
   */
  TopScan(
      Kernels kernels,
      State state,
      List<Query> queries,
      Panels panels,
      int limit,
      int depth,
      Scratch scratch) {
    this.kernels = kernels;
    this.state = state;
    this.queries = queries;
    this.panels = panels;
    this.limit = limit;
    this.depth = depth;
    this.scratch = scratch;
    tiles = scratch.tiles;
    rows = tiles.size() * Kernels.TILE;
    sums = scratch.sums(queries.size() * rows);
  }

  List<Found> run() {
    List<Shortlist> first = new ArrayList<>(queries.size());
    int looks = Math.min(depth, Math.max(FIRST_LOOKS, 4 * limit));
    for (int query = 0; query < queries.size(); query++) {
      first.add(new Shortlist(looks));
    }
    for (int tile = 0; tile < tiles.size(); tile++) {
      fill(tile);
      for (int query = 0; query < queries.size(); query++) {
        offer(query, tile, first.get(query));
      }
    }
    List<Found> found = new ArrayList<>(queries.size());
    for (int query = 0; query < queries.size(); query++) {
      found.add(find(query, first.get(query)));
    }
    return found;
  }

  private int at(int query, int tile) {
    return query * rows + tile * Kernels.TILE;
  }

  private void fill(int tile) {
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

  private void offer(int query, int tile, Shortlist shortlist) {
    int at = at(query, tile);
    for (long left = above(query, tile, shortlist.floor()); left != 0; left &= left - 1) {
      int row = Long.numberOfTrailingZeros(left);
      float sum = sums[at + row];
      if (sum > shortlist.floor()) {
        shortlist.offer(sum, tile * Kernels.TILE + row);
      }
    }
  }

  /** The rows of a tile whose sum may be above a floor; at least those that are. */
  private long above(int query, int tile, float floor) {
    Sketches sketches = tiles.part(tile).sketches();
    if (sketches == null || floor == OUT) {
      return tiles.rows(tile);
    }
    return tiles.rows(tile)
        & kernels.reaching(
            sums, at(query, tile), sketches.tails, sketches.spreads, tiles.first(tile), 0, floor);
  }

  private Found find(int query, Shortlist first) {
    if (!queries.get(query).hasDirection()) {
      return new Found(List.of(), true);
    }
    BestHits best = new BestHits(limit);
    int left = depth;
    // As long as there are fewer documents than wanted, nothing can be excluded.
    Shortlist shortlist = first;
    for (long wanted = shortlist.capacity(); left > 0 && !best.isFull(); ) {
      if (shortlist == null) {
        shortlist = lookingBest(query, (int) Math.min(Math.min(wanted, left), rows));
      }
      if (shortlist.size() == 0) {
        return new Found(best.inOrder(), true);
      }
      look(query, shortlist, best);
      left -= shortlist.size();
      wanted = 4L * wanted;
      shortlist = null;
    }
    boolean certain = true;
    if (depth == Integer.MAX_VALUE) {
      lookAtAllThatReach(query, best);
    } else if (left == 0) {
      certain = best.isFull() && !reachesAnywhere(query, best.floor());
    } else {
      Shortlist others = estimatedBest(query, left, best.floor());
      look(query, others, best);
      certain = others.turnedAway() == 0;
    }
    return new Found(best.inOrder(), certain);
  }

  private Shortlist lookingBest(int query, int count) {
    Shortlist shortlist = new Shortlist(count);
    for (int tile = 0; tile < tiles.size(); tile++) {
      offer(query, tile, shortlist);
    }
    return shortlist;
  }

  /** The likeliest come last in a shortlist; the sooner the floor is high the fewer pass it. */
  private void look(int query, Shortlist shortlist, BestHits best) {
    for (int i = shortlist.size() - 1; i >= 0; i--) {
      look(query, shortlist.position(i), best);
    }
  }

  private void look(int query, int position, BestHits best) {
    sums[query * rows + position] = OUT;
    int tile = position / Kernels.TILE;
    int slot = tiles.first(tile) + position % Kernels.TILE;
    Segment segment = tiles.part(tile).segment(slot);
    int row = tiles.part(tile).row(slot);
    if (state.holds(segment, row)
        && queries.get(query).ceiling(kernels, segment, row) >= best.floor()) {
      best.offer(
          segment.documentIds[row],
          segment.ordinals[row],
          queries.get(query).similarity(segment, row, scratch.vector(segment.dimension)));
    }
  }

  private void lookAtAllThatReach(int query, BestHits best) {
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (long left = reaching(query, tile, best.floor()); left != 0; left &= left - 1) {
        int row = Long.numberOfTrailingZeros(left);
        if (reaches(query, tile, row, best.floor())) {
          look(query, tile * Kernels.TILE + row, best);
        }
      }
    }
  }

  /** Whether the principal parts leave any row to look at. */
  private boolean reachesAnywhere(int query, double floor) {
    for (int tile = 0; tile < tiles.size(); tile++) {
      if (reaching(query, tile, floor) != 0) {
        return true;
      }
    }
    return false;
  }

  private Shortlist estimatedBest(int query, int count, double floor) {
    Shortlist shortlist = new Shortlist(Math.min(count, rows));
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (long left = reaching(query, tile, floor); left != 0; left &= left - 1) {
        int row = Long.numberOfTrailingZeros(left);
        if (reaches(query, tile, row, floor)) {
          shortlist.offer(estimate(query, tile, row), tile * Kernels.TILE + row);
        }
      }
    }
    return shortlist;
  }

  private long reaching(int query, int tile, double floor) {
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

  private boolean reaches(int query, int tile, int row, double floor) {
    Sketches sketches = tiles.part(tile).sketches();
    return sketches == null
        || panels
            .of(sketches.frame())
            .reaches(sketches, tiles.first(tile) + row, query, sums[at(query, tile) + row], floor);
  }

  private float estimate(int query, int tile, int row) {
    Sketches sketches = tiles.part(tile).sketches();
    float sum = sums[at(query, tile) + row];
    return sketches == null || !queries.get(query).isTame()
        ? sum
        : (float)
            (sum
                + sketches.restEstimate(
                    tiles.first(tile) + row, panels.of(sketches.frame()).probe(query)));
  }
}
