package relata.graph.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.graph.vector.DocumentVectors;

/**
 * Which rows are whose: each document's rows are a chain over all segments, in the order of its
 * chunks. A row is counted over all segments, each of them with room for as many. Guarded by the
 * writer.
 */
final class DocumentRows {
  private final DocumentTable firstRows = new DocumentTable();

  /** By number; whose it is says which there are. */
  private final List<Segment> segments;

  private final int segmentRows;

  DocumentRows(List<Segment> segments, int segmentRows) {
    this.segments = segments;
    this.segmentRows = segmentRows;
  }

  /** Documents. */
  int size() {
    return firstRows.size();
  }

  long sizeBytes() {
    return firstRows.sizeBytes();
  }

  boolean contains(long documentId) {
    return firstRows.get(documentId) != Segment.NO_ROW;
  }

  /** Whether the document is stored bit for bit like this. */
  boolean holds(DocumentVectors document) {
    int row = firstRows.get(document.documentId());
    for (int i = 0; i < document.ordinals().length; i++) {
      if (row == Segment.NO_ROW) {
        return false;
      }
      Segment segment = segmentOf(row);
      int at = at(row);
      if (segment.dimension != document.dimension()
          || segment.ordinals[at] != document.ordinals()[i]
          || !segment.holds(at, document.values(), i * document.dimension())) {
        return false;
      }
      row = segment.nextRows[at];
    }
    return row == Segment.NO_ROW;
  }

  Optional<DocumentVectors> vectors(long documentId) {
    List<Integer> rows = of(documentId);
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    int dimension = segmentOf(rows.getFirst()).dimension;
    int[] ordinals = new int[rows.size()];
    float[] values = new float[rows.size() * dimension];
    for (int i = 0; i < ordinals.length; i++) {
      Segment segment = segmentOf(rows.get(i));
      int at = at(rows.get(i));
      ordinals[i] = segment.ordinals[at];
      segment.read(at, values, i * dimension);
    }
    return Optional.of(new DocumentVectors(documentId, dimension, ordinals, values));
  }

  /** The document's rows in the order of its chunks; empty if it is not there. */
  List<Integer> of(long documentId) {
    List<Integer> rows = new ArrayList<>();
    for (int row = firstRows.get(documentId); row != Segment.NO_ROW; row = next(row)) {
      rows.add(row);
    }
    return rows;
  }

  /**
   * Hangs a row on the document's chain.
   *
   * @param before its last row so far; {@link Segment#NO_ROW} if it has none
   */
  void add(long documentId, int before, int row) {
    if (before == Segment.NO_ROW) {
      firstRows.put(documentId, row);
    } else {
      setNext(before, row);
    }
  }

  /** Hangs a row on the document's chain where its chunk belongs. */
  void insert(long documentId, int row) {
    int ordinal = ordinal(row);
    int before = Segment.NO_ROW;
    int after = firstRows.get(documentId);
    while (after != Segment.NO_ROW && ordinal(after) < ordinal) {
      before = after;
      after = next(after);
    }
    setNext(row, after);
    add(documentId, before, row);
  }

  /** The row's vector is in another row now. */
  void move(long documentId, int from, int to) {
    setNext(to, next(from));
    int row = firstRows.get(documentId);
    if (row == from) {
      firstRows.put(documentId, to);
      return;
    }
    while (next(row) != from) {
      row = next(row);
    }
    setNext(row, to);
  }

  void remove(long documentId) {
    firstRows.remove(documentId);
  }

  private Segment segmentOf(int row) {
    return segments.get(row / segmentRows);
  }

  private int at(int row) {
    return row % segmentRows;
  }

  private int ordinal(int row) {
    return segmentOf(row).ordinals[at(row)];
  }

  private int next(int row) {
    return segmentOf(row).nextRows[at(row)];
  }

  private void setNext(int row, int next) {
    segmentOf(row).nextRows[at(row)] = next;
  }
}
