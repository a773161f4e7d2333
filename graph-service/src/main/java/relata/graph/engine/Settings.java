package relata.graph.engine;

/**
 * Sizes of the engine's parts.
 *
 * @param segmentRows rows of a full segment, a multiple of {@link Kernels#TILE}: more make fewer
 *     parts to visit, fewer are compacted and encoded again in shorter steps
 * @param sketchedRows from how many rows on vectors are sketched: below, comparing with all of them
 *     takes no longer than learning what they look like
 * @param principal how many principal coordinates a sketch has: more exclude more vectors, and cost
 *     a byte of memory and a product each
 * @param listedRows from how many rows of full segments on that are in no lists these are listed:
 *     fewer make searches that look into some lists cheaper, and rows be listed more often
 * @param mostListed how many rows are listed together at most: more make finer lists, and take
 *     longer to be made, by their square
 * @param listRows how many rows a list has on average: fewer leave out more of what is far away,
 *     and make more centres to compare with
 * @param settledMillis after the last write nothing is listed for so long, unless the writes do not
 *     end: longer lets more of what comes together be listed together, and what other indexes leave
 *     to the same background waits as long
 * @param moveRows how many rows compaction moves before it lets a writer in
 */
record Settings(
    int segmentRows,
    int sketchedRows,
    int principal,
    int listedRows,
    int mostListed,
    int listRows,
    int settledMillis,
    int moveRows) {
  static final Settings STANDARD = new Settings(4096, 2048, 64, 16_384, 131_072, 64, 50, 128);

  /** A frame is made anew once there are this many times the rows that it was made from. */
  static final int GROWTH = 8;

  Settings {
    if (segmentRows < Kernels.TILE || segmentRows % Kernels.TILE != 0) {
      throw new IllegalArgumentException("a segment has whole tiles, not " + segmentRows + " rows");
    }
    if (sketchedRows < 1 || principal < 1 || listedRows < 1 || listRows < 1 || moveRows < 1) {
      throw new IllegalArgumentException("sizes are positive");
    }
    if (settledMillis < 0) {
      throw new IllegalArgumentException("a time is not negative");
    }
    if (mostListed < segmentRows) {
      throw new IllegalArgumentException("lists have room for a segment");
    }
  }

  /** Vectors that are hardly longer than their principal part are compared as they are. */
  boolean sketches(int dimension) {
    return dimension >= 2 * principal;
  }
}
