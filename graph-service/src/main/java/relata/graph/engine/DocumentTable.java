package relata.graph.engine;

import java.util.Arrays;

/**
 * The first row of each document. In primitive arrays, because there may be as many documents as
 * vectors. Open addressing; guarded by the rows that it belongs to.
 */
final class DocumentTable {
  private static final int FIRST_CAPACITY = 64;

  private long[] documentIds = new long[FIRST_CAPACITY];

  /** {@link Segment#NO_ROW} where there is no document. */
  private int[] rows = noRows(FIRST_CAPACITY);

  private int size;

  private static int[] noRows(int capacity) {
    int[] rows = new int[capacity];
    Arrays.fill(rows, Segment.NO_ROW);
    return rows;
  }

  int size() {
    return size;
  }

  long sizeBytes() {
    return (long) rows.length * (Long.BYTES + Integer.BYTES);
  }

  /** {@link Segment#NO_ROW} if the document is not there. */
  int get(long documentId) {
    return rows[slot(documentId)];
  }

  void put(long documentId, int row) {
    int slot = slot(documentId);
    if (rows[slot] == Segment.NO_ROW) {
      size++;
    }
    documentIds[slot] = documentId;
    rows[slot] = row;
    if (3 * size > 2 * rows.length) {
      resize(2 * rows.length);
    }
  }

  void remove(long documentId) {
    int hole = slot(documentId);
    if (rows[hole] == Segment.NO_ROW) {
      return;
    }
    size--;
    // Whoever stands further on because of the hole moves up, so that no slot needs a mark.
    int mask = rows.length - 1;
    for (int slot = (hole + 1) & mask; rows[slot] != Segment.NO_ROW; slot = (slot + 1) & mask) {
      int home = home(documentIds[slot]);
      if (((slot - home) & mask) >= ((slot - hole) & mask)) {
        documentIds[hole] = documentIds[slot];
        rows[hole] = rows[slot];
        hole = slot;
      }
    }
    rows[hole] = Segment.NO_ROW;
    if (size == 0) {
      resize(FIRST_CAPACITY);
    }
  }

  private void resize(int capacity) {
    long[] oldIds = documentIds;
    int[] oldRows = rows;
    documentIds = new long[capacity];
    rows = noRows(capacity);
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != Segment.NO_ROW) {
        int slot = slot(oldIds[i]);
        documentIds[slot] = oldIds[i];
        rows[slot] = oldRows[i];
      }
    }
  }

  private int home(long documentId) {
    return (int) ((documentId * 0x9E3779B97F4A7C15L) >>> 32) & (rows.length - 1);
  }

  private int slot(long documentId) {
    int slot = home(documentId);
    while (rows[slot] != Segment.NO_ROW && documentIds[slot] != documentId) {
      slot = (slot + 1) & (rows.length - 1);
    }
    return slot;
  }
}
