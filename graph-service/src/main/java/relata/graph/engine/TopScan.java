package relata.graph.engine;

import java.util.ArrayList;
import java.util.List;
import relata.graph.vector.BestHits;

/**
 * Finds the documents most similar to some vectors among the rows of some tiles. One pass over the
 * principal parts says which rows look best; these are compared exactly; and of the others only
 * those are, that the bounds do not exclude, or of these, if not all may be compared, those that
 * are likely to be best by the signs of their rests (docs/adr/0040-few-rows-are-estimated.md).
 */
final class TopScan {
  /** Of how many queries the sums of all rows are held at a time, 4 bytes each. */
  static final int QUERIES = 4;

  private static final int FIRST_LOOKS = 64;

  /** For how many rows as are compared exactly it is estimated whether they are worth it. */
  private static final int CANDIDATES = 4;

  private final Kernels kernels;
  private final State state;
  private final List<Query> queries;
  private final int limit;
  private final int depth;
  private final Scratch scratch;
  private final Tiles tiles;

  private final Sums sums;

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
    this.limit = limit;
    this.depth = depth;
    this.scratch = scratch;
    tiles = scratch.tiles;
    sums = new Sums(kernels, queries, panels, scratch);
  }

  List<Found> run() {
    List<Shortlist> first = new ArrayList<>(queries.size());
    int looks = firstLooks();
    for (int query = 0; query < queries.size(); query++) {
      first.add(new Shortlist(looks));
    }
    for (int tile = 0; tile < tiles.size(); tile++) {
      sums.fill(tile);
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

  /** How many rows are compared exactly by their principal parts: of few comparisons a half. */
  private int firstLooks() {
    int enough = Math.max(FIRST_LOOKS, 4 * limit);
    return Math.min(enough, Math.max(depth / 2, Math.min(depth, limit)));
  }

  private void offer(int query, int tile, Shortlist shortlist) {
    for (long left = sums.above(query, tile, shortlist.floor()); left != 0; left &= left - 1) {
      int position = tile * Kernels.TILE + Long.numberOfTrailingZeros(left);
      float sum = sums.of(query, position);
      if (sum > shortlist.floor()) {
        shortlist.offer(sum, position);
      }
    }
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
        shortlist = lookingBest(query, (int) Math.min(Math.min(wanted, left), sums.rows()));
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
      int most = Math.min(left, sums.rows());
      int wanted = (int) Math.min((long) CANDIDATES * most, sums.rows());
      Shortlist candidates = candidates(query, wanted, best.floor());
      Shortlist likeliest = likeliest(query, candidates, most, best.floor());
      look(query, likeliest, best);
      certain = candidates.turnedAway() + likeliest.turnedAway() == 0;
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
    sums.takeOut(query, position);
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
      for (long left = sums.reaching(query, tile, best.floor()); left != 0; left &= left - 1) {
        int position = tile * Kernels.TILE + Long.numberOfTrailingZeros(left);
        if (sums.reaches(query, position, best.floor())) {
          look(query, position, best);
        }
      }
    }
  }

  /** Whether the principal parts leave any row to look at. */
  private boolean reachesAnywhere(int query, double floor) {
    for (int tile = 0; tile < tiles.size(); tile++) {
      if (sums.reaching(query, tile, floor) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Those left whose principal parts look best. */
  private Shortlist candidates(int query, int count, double floor) {
    Shortlist candidates = new Shortlist(count);
    for (int tile = 0; tile < tiles.size(); tile++) {
      for (long left = sums.reaching(query, tile, floor); left != 0; left &= left - 1) {
        int position = tile * Kernels.TILE + Long.numberOfTrailingZeros(left);
        candidates.offer(sums.of(query, position), position);
      }
    }
    return candidates;
  }

  /** Of some those that are likely to be best. */
  private Shortlist likeliest(int query, Shortlist candidates, int count, double floor) {
    Shortlist likeliest = new Shortlist(count);
    for (int i = 0; i < candidates.size(); i++) {
      int position = candidates.position(i);
      if (sums.reaches(query, position, floor)) {
        likeliest.offer(sums.estimate(query, position), position);
      }
    }
    return likeliest;
  }
}
