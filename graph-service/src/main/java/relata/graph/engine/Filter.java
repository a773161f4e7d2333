package relata.graph.engine;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongPredicate;
import relata.graph.vector.ChunkPredicate;

/**
 * The chunks that a search may find, as a bitmap over rows. Each segment is looked through once,
 * and what was appended since again, so that a filter is worth keeping for several searches.
 */
public final class Filter {
  /** Lets everything through. */
  public static final Filter NONE = new Filter(null);

  private final ChunkPredicate chunks;
  private final Map<long[], Bits> bits = Collections.synchronizedMap(new WeakHashMap<>());

  private record Bits(long[] words, int rows) {}

  private Filter(ChunkPredicate chunks) {
    this.chunks = chunks;
  }

  /**
   * @param documents ids; must answer the same each time, and on several threads at once
   */
  public static Filter of(LongPredicate documents) {
    return new Filter((documentId, ordinal) -> documents.test(documentId));
  }

  /** The same of chunks. */
  static Filter ofChunks(ChunkPredicate chunks) {
    return new Filter(chunks);
  }

  /** The rows that pass, a word a tile; null if all do. */
  long[] words(Segment segment, int rows) {
    if (chunks == null) {
      return null;
    }
    // A segment that is sketched anew keeps this array.
    Bits known = bits.get(segment.documentIds);
    if (known == null || known.rows() < rows) {
      known = new Bits(test(segment, rows), rows);
      bits.put(segment.documentIds, known);
    }
    return known.words();
  }

  private long[] test(Segment segment, int rows) {
    long[] words = new long[(rows + Long.SIZE - 1) / Long.SIZE];
    for (int row = 0; row < rows; row++) {
      if (chunks.test(segment.documentIds[row], segment.ordinals[row])) {
        words[row / Long.SIZE] |= 1L << row;
      }
    }
    return words;
  }
}
