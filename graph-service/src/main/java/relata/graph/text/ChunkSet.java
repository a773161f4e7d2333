package relata.graph.text;

import java.util.Arrays;
import relata.graph.vector.ChunkPredicate;

/**
 * Chunks by document and ordinal. In primitive arrays, because they may be most of an index. Open
 * addressing; written by one thread before others read.
 */
public final class ChunkSet implements ChunkPredicate {
  private static final int FIRST_CAPACITY = 64;
  private static final int NO_CHUNK = -1;

  private long[] documentIds = new long[FIRST_CAPACITY];

  /** {@link #NO_CHUNK} where there is none. */
  private int[] ordinals = none(FIRST_CAPACITY);

  private int size;

  private static int[] none(int capacity) {
    int[] ordinals = new int[capacity];
    Arrays.fill(ordinals, NO_CHUNK);
    return ordinals;
  }

  public int size() {
    return size;
  }

  @Override
  public boolean test(long documentId, int ordinal) {
    return ordinals[slot(documentId, ordinal)] != NO_CHUNK;
  }

  /**
   * @param ordinal from 0 up
   */
  public void add(long documentId, int ordinal) {
    int slot = slot(documentId, ordinal);
    if (ordinals[slot] != NO_CHUNK) {
      return;
    }
    documentIds[slot] = documentId;
    ordinals[slot] = ordinal;
    size++;
    if (2 * size > ordinals.length) {
      grow();
    }
  }

  private void grow() {
    long[] oldIds = documentIds;
    int[] oldOrdinals = ordinals;
    documentIds = new long[2 * oldIds.length];
    ordinals = none(documentIds.length);
    for (int i = 0; i < oldIds.length; i++) {
      if (oldOrdinals[i] != NO_CHUNK) {
        int slot = slot(oldIds[i], oldOrdinals[i]);
        documentIds[slot] = oldIds[i];
        ordinals[slot] = oldOrdinals[i];
      }
    }
  }

  private int slot(long documentId, int ordinal) {
    int mask = ordinals.length - 1;
    int slot = (int) (((31 * documentId + ordinal) * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (ordinals[slot] != NO_CHUNK
        && (ordinals[slot] != ordinal || documentIds[slot] != documentId)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
