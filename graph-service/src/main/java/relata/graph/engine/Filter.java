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
  private final Map<Object, Bits> bits = Collections.synchronizedMap(new WeakHashMap<>());

  private record Bits(long[] words, int size) {}

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

  /** The slots that pass, a word a tile; null if all do. */
  long[] words(Part part) {
    if (chunks == null) {
      return null;
    }
    Bits known = bits.get(part.identity());
    if (known == null || known.size() < part.size()) {
      known = new Bits(test(part), part.size());
      bits.put(part.identity(), known);
    }
    return known.words();
  }

  private long[] test(Part part) {
    long[] words = new long[part.tiles()];
    for (int slot = 0; slot < part.size(); slot++) {
      Segment segment = part.segment(slot);
      int row = part.row(slot);
      if (chunks.test(segment.documentIds[row], segment.ordinals[row])) {
        words[slot / Long.SIZE] |= 1L << slot;
      }
    }
    return words;
  }
}
