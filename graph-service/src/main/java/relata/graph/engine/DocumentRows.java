package relata.graph.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.graph.vector.DocumentVectors;

/**
 * Which rows are whose: each document's rows are a chain over all segments, in the order of its
 * chunks. A row is counted over all segments, each of them with room for as many. Guarded by the
 * writer, but for {@link #vectors}: a lock of its own keeps what changes a chain apart from those
 * who follow it, held for as many steps, and longer only where the table of documents grows.
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

  /** For whoever keeps a state from being cleaned up: nobody overwrites what is found here. */
  Optional<DocumentVectors> vectors(long documentId) {
    List<Place> places = places(documentId);
    if (places.isEmpty()) {
      return Optional.empty();
    }
    int dimension = places.getFirst().segment().dimension;
    int[] ordinals = new int[places.size()];
    float[] values = new float[places.size() * dimension];
    for (int i = 0; i < ordinals.length; i++) {
      Place place = places.get(i);
      ordinals[i] = place.segment().ordinals[place.at()];
      place.segment().read(place.at(), values, i * dimension);
    }
    return Optional.of(new DocumentVectors(documentId, dimension, ordinals, values));
  }

  private record Place(Segment segment, int at) {}

  private synchronized List<Place> places(long documentId) {
    return of(documentId).stream().map(row -> new Place(segmentOf(row), at(row))).toList();
  }

  /** For the writer: the document's rows in the order of its chunks; empty if it is not there. */
  List<Integer> of(long documentId) {
    List<Integer> rows = new ArrayList<>();
    for (int row = firstRows.get(documentId); row != Segment.NO_ROW; row = next(row)) {
      rows.add(row);
    }
    return rows;
  }

  /**
   * Gives the document other rows, in place of those that it has.
   *
   * @param rows at least one, in the order of its chunks
   */
  synchronized void set(long documentId, int[] rows) {
    for (int i = 1; i < rows.length; i++) {
      setNext(rows[i - 1], rows[i]);
    }
    firstRows.put(documentId, rows[0]);
  }

  /** Hangs a row on the document's chain where its chunk belongs. */
  synchronized void insert(long documentId, int row) {
    int ordinal = ordinal(row);
    int before = Segment.NO_ROW;
    int after = firstRows.get(documentId);
    while (after != Segment.NO_ROW && ordinal(after) < ordinal) {
      before = after;
      after = next(after);
    }
    setNext(row, after);
    if (before == Segment.NO_ROW) {
      firstRows.put(documentId, row);
    } else {
      setNext(before, row);
    }
  }

  /** The row's vector is in another row now. */
  synchronized void move(long documentId, int from, int to) {
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

  synchronized void remove(long documentId) {
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
