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
  public static final Filter NONE = new Filter(null, new Known());

  private final ChunkPredicate chunks;
  private final Known known;

  private record Bits(long[] words, int size) {}

  /** What was found out about some chunks. Holds on to nothing that it is known of. */
  static final class Known {
    private final Map<Object, Bits> bits = Collections.synchronizedMap(new WeakHashMap<>());
  }

  private Filter(ChunkPredicate chunks, Known known) {
    this.chunks = chunks;
    this.known = known;
  }

  /**
   * @param documents ids; must answer the same each time, and on several threads at once
   */
  public static Filter of(LongPredicate documents) {
    return ofChunks((documentId, ordinal) -> documents.test(documentId), new Known());
  }

  /**
   * The same of chunks.
   *
   * @param known of these chunks, by filters before
   */
  static Filter ofChunks(ChunkPredicate chunks, Known known) {
    return new Filter(chunks, known);
  }

  /** The slots that pass, a word a tile; null if all do. */
  long[] words(Part part) {
    if (chunks == null) {
      return null;
    }
    Bits found = known.bits.get(part.identity());
    if (found == null || found.size() < part.size()) {
      found = new Bits(test(part), part.size());
      known.bits.put(part.identity(), found);
    }
    return found.words();
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
