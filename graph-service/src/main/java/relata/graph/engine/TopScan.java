package relata.graph.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import relata.graph.vector.BestHits;

/**
 * Finds the documents most similar to some vectors. One pass over the principal parts says which
 * rows look best; these are compared exactly; and of the others only those are, that the bounds do
 * not exclude.
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
  private final Filter filter;
  private final int depth;
  private final float[] scratch;

  /** By tile: which segment it is of, and its first row there. */
  private final int[] numbers;

  private final int[] firsts;

  /** Of each query, and row of each tile, the product of the principal parts; or {@link #OUT}. */
  private final float[][] sums;

  private final List<Panel> panels = new ArrayList<>();

  /**
   * @param queries all of one dimension, at most {@link #QUERIES}
   * @param depth how many rows of each query may be compared exactly
   */
  TopScan(Kernels kernels, State state, List<Query> queries, int limit, Filter filter, int depth) {
    this.kernels = kernels;
    this.state = state;
    this.queries = queries;
    this.limit = limit;
    this.filter = filter;
    this.depth = depth;
    scratch = new float[queries.getFirst().dimension()];
    int tiles = 0;
    for (int number = 0; number < state.segments.length; number++) {
      tiles += isCompared(number) ? tilesOf(number) : 0;
    }
    numbers = new int[tiles];
    firsts = new int[tiles];
    sums = new float[queries.size()][tiles * Kernels.TILE];
  }

  private boolean isCompared(int number) {
    Segment segment = state.segments[number];
    return segment != null && segment.dimension == scratch.length;
  }

  private int tilesOf(int number) {
    return (state.filled[number] + Kernels.TILE - 1) / Kernels.TILE;
  }

  List<Found> run() {
    int tile = 0;
    for (int number = 0; number < state.segments.length; number++) {
      if (isCompared(number)) {
        fill(number, tile);
        tile += tilesOf(number);
      }
    }
    List<Found> found = new ArrayList<>();
    for (int query = 0; query < queries.size(); query++) {
      found.add(find(query));
    }
    return found;
  }

  private void fill(int number, int firstTile) {
    Segment segment = state.segments[number];
    long[] passing = filter.words(segment, state.filled[number]);
    Sketches sketches = segment.sketches();
    Panel panel = sketches == null ? null : panel(sketches.frame());
    float[] tile = new float[sketches == null ? 0 : Kernels.TILE * sketches.frame().width()];
    float[] products = new float[queries.size() * Kernels.TILE];
    for (int i = 0; i < tilesOf(number); i++) {
      int first = i * Kernels.TILE;
      int at = (firstTile + i) * Kernels.TILE;
      numbers[firstTile + i] = number;
      firsts[firstTile + i] = first;
      long rows = state.tile(number, first) & (passing == null ? -1 : passing[i]);
      if (rows != 0 && sketches != null) {
        sketches.widen(kernels, first, tile);
        panel.products(kernels, tile, products);
      }
      for (int query = 0; query < queries.size(); query++) {
        if (rows == 0 || sketches == null) {
          compareAll(query, segment, first, rows, at);
        } else {
          System.arraycopy(products, query * Kernels.TILE, sums[query], at, Kernels.TILE);
          for (long left = ~rows; left != 0; left &= left - 1) {
            sums[query][at + Long.numberOfTrailingZeros(left)] = OUT;
          }
        }
      }
    }
  }

  /** Rows without sketches have their float cosine instead. */
  private void compareAll(int query, Segment segment, int first, long rows, int at) {
    Arrays.fill(sums[query], at, at + Kernels.TILE, OUT);
    for (long left = rows; left != 0; left &= left - 1) {
      int row = Long.numberOfTrailingZeros(left);
      sums[query][at + row] =
          Frame.roundedUp(queries.get(query).ceiling(kernels, segment, first + row));
    }
  }

  private Panel panel(Frame frame) {
    for (Panel panel : panels) {
      if (panel.frame() == frame) {
        return panel;
      }
    }
    panels.add(new Panel(frame, queries));
    return panels.getLast();
  }

  private Found find(int query) {
    if (!queries.get(query).hasDirection()) {
      return new Found(List.of(), true);
    }
    BestHits best = new BestHits(limit);
    int left = depth;
    // As long as there are fewer documents than wanted, nothing can be excluded.
    for (long wanted = Math.max(FIRST_LOOKS, 4L * limit); left > 0 && !best.isFull(); wanted *= 4) {
      Shortlist shortlist =
          lookingBest(query, (int) Math.min(Math.min(wanted, left), sums[query].length));
      if (shortlist.size() == 0) {
        return new Found(best.inOrder(), true);
      }
      look(query, shortlist, best);
      left -= shortlist.size();
    }
    boolean certain = true;
    if (depth == Integer.MAX_VALUE) {
      lookAtAllThatReach(query, best);
    } else if (left == 0) {
      certain = best.isFull() && !reachesAnywhere(query, best.floor());
    } else {
      Shortlist shortlist = estimatedBest(query, left, best.floor());
      look(query, shortlist, best);
      certain = shortlist.turnedAway() == 0;
    }
    return new Found(best.inOrder(), certain);
  }

  private Shortlist lookingBest(int query, int count) {
    Shortlist shortlist = new Shortlist(count);
    float[] of = sums[query];
    for (int tile = 0; tile < numbers.length; tile++) {
      int at = tile * Kernels.TILE;
      for (long left = above(query, tile, shortlist.floor()); left != 0; left &= left - 1) {
        int position = at + Long.numberOfTrailingZeros(left);
        if (of[position] > shortlist.floor()) {
          shortlist.offer(of[position], position);
        }
      }
    }
    return shortlist;
  }

  /** The rows of a tile whose sum may be above a floor; at least those that are. */
  private long above(int query, int tile, float floor) {
    Sketches sketches = state.segments[numbers[tile]].sketches();
    if (sketches == null || floor == OUT) {
      return -1;
    }
    return kernels.reaching(
        sums[query], tile * Kernels.TILE, sketches.tails, sketches.spreads, firsts[tile], 0, floor);
  }

  private void look(int query, Shortlist shortlist, BestHits best) {
    for (int i = 0; i < shortlist.size(); i++) {
      look(query, shortlist.position(i), best);
    }
  }

  private void look(int query, int position, BestHits best) {
    sums[query][position] = OUT;
    Segment segment = state.segments[numbers[position / Kernels.TILE]];
    int row = firsts[position / Kernels.TILE] + position % Kernels.TILE;
    if (state.holds(segment, row)
        && queries.get(query).ceiling(kernels, segment, row) >= best.floor()) {
      best.offer(
          segment.documentIds[row],
          segment.ordinals[row],
          queries.get(query).similarity(segment, row, scratch));
    }
  }

  private void lookAtAllThatReach(int query, BestHits best) {
    for (int tile = 0; tile < numbers.length; tile++) {
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
    for (int tile = 0; tile < numbers.length; tile++) {
      if (reaching(query, tile, floor) != 0) {
        return true;
      }
    }
    return false;
  }

  private Shortlist estimatedBest(int query, int count, double floor) {
    Shortlist shortlist = new Shortlist(Math.min(count, sums[query].length));
    for (int tile = 0; tile < numbers.length; tile++) {
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
    Sketches sketches = state.segments[numbers[tile]].sketches();
    int at = tile * Kernels.TILE;
    if (sketches != null && queries.get(query).isTame()) {
      return panel(sketches.frame())
          .reaching(kernels, sketches, firsts[tile], query, sums[query], at, floor);
    }
    long rows = 0;
    for (int row = 0; row < Kernels.TILE; row++) {
      float sum = sums[query][at + row];
      if (sum > OUT && (sketches != null || sum >= floor)) {
        rows |= 1L << row;
      }
    }
    return rows;
  }

  private boolean reaches(int query, int tile, int row, double floor) {
    Sketches sketches = state.segments[numbers[tile]].sketches();
    return sketches == null
        || panel(sketches.frame())
            .reaches(
                sketches, firsts[tile] + row, query, sums[query][tile * Kernels.TILE + row], floor);
  }

  private float estimate(int query, int tile, int row) {
    Sketches sketches = state.segments[numbers[tile]].sketches();
    float sum = sums[query][tile * Kernels.TILE + row];
    return sketches == null || !queries.get(query).isTame()
        ? sum
        : (float)
            (sum + sketches.restEstimate(firsts[tile] + row, panel(sketches.frame()).probe(query)));
  }
}
