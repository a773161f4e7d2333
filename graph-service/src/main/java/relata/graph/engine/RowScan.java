package relata.graph.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import relata.graph.vector.BestHits;

/**
 * Finds the documents most similar to some vectors among few rows, each of which is compared as it
 * is: what a filter leaves of most tiles is not worth the product of the tile
 * (docs/adr/0043-few-rows-that-pass-are-compared.md). The rows are far apart, so most of the time
 * goes by waiting for memory: four are multiplied at a time
 * (docs/adr/0044-rows-that-pass-are-multiplied-by-four.md).
 */
final class RowScan {
  private static final int TOGETHER = 4;

  private final Kernels kernels;
  private final State state;
  private final List<Query> queries;
  private final Scratch scratch;
  private final Tiles tiles;
  private final List<BestHits> best;

  private final Segment[] segments = new Segment[TOGETHER];
  private final int[] rows = new int[TOGETHER];
  private final MemorySegment[] memories = new MemorySegment[TOGETHER];
  private final long[] offsets = new long[TOGETHER];
  private final float[] products = new float[TOGETHER];
  private int waiting;

  /**
   * @param queries all of one dimension
   * @param scratch which has the tiles
   */
  RowScan(Kernels kernels, State state, List<Query> queries, int limit, Scratch scratch) {
    this.kernels = kernels;
    this.state = state;
    this.queries = queries;
    this.scratch = scratch;
    tiles = scratch.tiles;
    best = new ArrayList<>(queries.size());
    queries.forEach(query -> best.add(new BestHits(limit)));
  }

  List<Found> run() {
    for (int tile = 0; tile < tiles.size(); tile++) {
      Part part = tiles.part(tile);
      for (long left = tiles.rows(tile); left != 0; left &= left - 1) {
        int slot = tiles.first(tile) + Long.numberOfTrailingZeros(left);
        Segment segment = part.segment(slot);
        int row = part.row(slot);
        if (state.holds(segment, row)) {
          add(segment, row);
        }
      }
    }
    if (waiting > 0) {
      compare();
    }
    return best.stream().map(hits -> new Found(hits.inOrder(), true)).toList();
  }

  private void add(Segment segment, int row) {
    segments[waiting] = segment;
    rows[waiting++] = row;
    if (waiting == TOGETHER) {
      compare();
    }
  }

  private void compare() {
    for (int i = 0; i < TOGETHER; i++) {
      // In the place of one that is missing the first is multiplied again, and not looked at.
      int of = i < waiting ? i : 0;
      memories[i] = segments[of].memory();
      offsets[i] = segments[of].offset(rows[of]);
    }
    for (int query = 0; query < queries.size(); query++) {
      Query wanted = queries.get(query);
      if (wanted.hasDirection()) {
        kernels.fourDots(wanted.vector(), memories, offsets, products);
        offer(wanted, best.get(query));
      }
    }
    waiting = 0;
  }

  private void offer(Query wanted, BestHits hits) {
    for (int i = 0; i < waiting; i++) {
      Segment segment = segments[i];
      int row = rows[i];
      if (wanted.ceiling(products[i], segment.norms[row]) >= hits.floor()) {
        hits.offer(
            segment.documentIds[row],
            segment.ordinals[row],
            wanted.similarity(segment, row, scratch.vector(segment.dimension)));
      }
    }
  }
}
