package relata.graph.engine;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Similarity;

/**
 * The writer's side of the segments: appends rows, marks those that are gone, and publishes. All of
 * it is guarded by the index that it belongs to, but where readers of {@link #rows} go.
 */
final class Store {
  private final Settings settings;
  private final Optional<Path> folder;
  private final Publication publication;

  /** By number; null where there is none. Readers who follow the rows of a document look here. */
  private final List<Segment> segments = new CopyOnWriteArrayList<>();

  private final DocumentRows rows;
  private int[] filled = new int[0];
  private int[] alive = new int[0];

  /** By dimension the number of the segment that is appended to, and others after it. */
  private final Map<Integer, Integer> open = new HashMap<>();

  private final Map<Integer, ArrayDeque<Segment>> spare = new HashMap<>();
  private final Map<Integer, Frame> frames = new HashMap<>();
  private final Map<Integer, Integer> chunks = new HashMap<>();

  /** Rows that the next state does not have any more. */
  private final List<Gone> gone = new ArrayList<>();

  /** Whether a segment became full, or rows are gone, since no lists were due. */
  private boolean listsMayBeDue;

  private record Gone(int number, Segment segment, int row) {}

  Store(Settings settings, Optional<Path> folder, Publication publication) {
    this.settings = settings;
    this.folder = folder;
    this.publication = publication;
    this.rows = new DocumentRows(segments, settings.segmentRows());
  }

  DocumentRows rows() {
    return rows;
  }

  /**
   * Makes room, so that adding as many cannot fail half way.
   *
   * @throws java.io.UncheckedIOException if there is none; nothing has changed then
   */
  void reserve(int dimension, int wanted) {
    Integer number = open.get(dimension);
    int room = number == null ? 0 : segments.get(number).rows() - filled[number];
    ArrayDeque<Segment> others = spare.computeIfAbsent(dimension, d -> new ArrayDeque<>());
    for (Segment other : others) {
      room += other.rows();
    }
    while (room < wanted) {
      int size = nextSize(chunks.getOrDefault(dimension, 0) + room);
      Region region = Region.allocate(folder, Segment.vectorBytes(dimension, size));
      others.add(new Segment(dimension, size, region, frames.get(dimension)));
      room += size;
    }
  }

  /** As many rows as there are, so that a small collection does not pay for a large segment. */
  private int nextSize(int present) {
    int size = Kernels.TILE;
    while (size < present && 2 * size <= settings.segmentRows()) {
      size *= 2;
    }
    return size;
  }

  /** In place of what the document was, if it was there. Must have been reserved. */
  void put(DocumentVectors document) {
    List<Integer> before = rows.of(document.documentId());
    int dimension = document.dimension();
    int[] added = new int[document.ordinals().length];
    for (int i = 0; i < added.length; i++) {
      float[] vector = document.vector(i);
      added[i] =
          append(
              document.documentId(),
              document.ordinals()[i],
              vector,
              Similarity.norm(vector, 0, dimension));
    }
    rows.set(document.documentId(), added);
    before.forEach(this::markGone);
  }

  private int append(long documentId, int ordinal, float[] vector, double norm) {
    int number = appendable(vector.length);
    int at = filled[number]++;
    segments.get(number).set(at, documentId, ordinal, vector, norm);
    alive[number]++;
    chunks.merge(vector.length, 1, Integer::sum);
    return number * settings.segmentRows() + at;
  }

  private int appendable(int dimension) {
    Integer number = open.get(dimension);
    if (number == null || filled[number] == segments.get(number).rows()) {
      number = install(spare.get(dimension).poll());
      open.put(dimension, number);
    }
    return number;
  }

  private int install(Segment segment) {
    // One that was reserved before the frame was made.
    Frame frame = frames.get(segment.dimension);
    return place(
        segment.frame() == frame ? segment : segment.with(new Sketches(frame, segment.rows())));
  }

  private int place(Segment segment) {
    int number = segments.indexOf(null);
    if (number < 0) {
      number = segments.size();
      segments.add(segment);
      filled = Arrays.copyOf(filled, number + 1);
      alive = Arrays.copyOf(alive, number + 1);
    } else {
      segments.set(number, segment);
    }
    filled[number] = 0;
    alive[number] = 0;
    listsMayBeDue = true;
    return number;
  }

  /** A full segment that was saved, with the sketches that it has. */
  void adopt(Segment segment) {
    int number = place(segment);
    filled[number] = segment.rows();
    for (int at = 0; at < segment.rows(); at++) {
      if (segment.removedIn[at] == Segment.ALIVE) {
        alive[number]++;
        rows.insert(segment.documentIds[at], number * settings.segmentRows() + at);
      }
    }
    chunks.merge(segment.dimension, alive[number], Integer::sum);
  }

  void remove(long documentId) {
    List<Integer> before = rows.of(documentId);
    rows.remove(documentId);
    before.forEach(this::markGone);
  }

  private void markGone(int row) {
    markGone(row / settings.segmentRows(), row % settings.segmentRows());
  }

  private void markGone(int number, int row) {
    Segment segment = segments.get(number);
    segment.removedIn[row] = publication.current().version + 1;
    alive[number]--;
    // Not at each: a delete is short, and a few rows more or less make no list hollow.
    listsMayBeDue |= alive[number] % Kernels.TILE == 0;
    chunks.merge(segment.dimension, -1, Integer::sum);
    gone.add(new Gone(number, segment, row));
  }

  /** Makes what was done since the last time visible, at once. */
  void publish() {
    List<Gone> erased = List.copyOf(gone);
    gone.clear();
    List<Segment> released = dropEmpty();
    int total = chunks.values().stream().mapToInt(count -> count).sum();
    State next =
        new State(
            publication.current().version + 1,
            segments.toArray(new Segment[0]),
            filled.clone(),
            rows.size(),
            total);
    publication.publish(
        next,
        () -> {
          erased.forEach(this::erase);
          released.forEach(Segment::release);
        });
  }

  private void erase(Gone row) {
    Segment now = segments.get(row.number());
    // The same rows, unless the number was given to another segment meanwhile.
    Segment holder = now != null && now.memory() == row.segment().memory() ? now : row.segment();
    holder.erase(row.row());
  }

  private List<Segment> dropEmpty() {
    List<Segment> dropped = new ArrayList<>();
    for (int number = 0; number < segments.size(); number++) {
      Segment segment = segments.get(number);
      if (segment != null && alive[number] == 0) {
        dropped.add(segment);
        segments.set(number, null);
        filled[number] = 0;
        open.remove(segment.dimension, number);
      }
    }
    chunks.values().removeIf(count -> count == 0);
    spare.forEach(
        (dimension, others) -> {
          if (!chunks.containsKey(dimension)) {
            dropped.addAll(others);
            others.clear();
          }
        });
    return dropped;
  }

  Map<Integer, Integer> chunks() {
    return chunks;
  }

  Frame frame(int dimension) {
    return frames.get(dimension);
  }

  /** By dimension. */
  Map<Integer, Frame> frames() {
    return frames;
  }

  void setFrame(Frame frame) {
    frames.put(frame.dimension(), frame);
  }

  /** A segment that is not sketched as its frame is now; -1 if there is none. */
  int outdated() {
    for (int number = 0; number < segments.size(); number++) {
      Segment segment = segments.get(number);
      if (segment != null && segment.frame() != frames.get(segment.dimension)) {
        return number;
      }
    }
    return -1;
  }

  /** A full segment of which most rows are gone; -1 if there is none. */
  int sparse() {
    for (int number = 0; number < segments.size(); number++) {
      Segment segment = segments.get(number);
      if (segment != null
          && filled[number] == segment.rows()
          && 2 * alive[number] < filled[number]) {
        return number;
      }
    }
    return -1;
  }

  /**
   * Moves some rows of a segment to the end, so that it is empty one day. Nothing is left behind
   * but in this segment, which is why there is an end to it.
   */
  void move(int number, int limit) {
    Segment segment = segments.get(number);
    reserve(segment.dimension, Math.min(limit, alive[number]));
    float[] vector = new float[segment.dimension];
    for (int at = 0, left = limit; at < filled[number] && left > 0; at++) {
      if (segment.removedIn[at] == Segment.ALIVE) {
        segment.read(at, vector, 0);
        int row = append(segment.documentIds[at], segment.ordinals[at], vector, segment.norms[at]);
        rows.move(segment.documentIds[at], number * settings.segmentRows() + at, row);
        markGone(number, at);
        left--;
      }
    }
  }

  /** The segment sketched anew, if it is still there. */
  void replace(int number, Segment before, Sketches sketches, int sketched) {
    if (number >= segments.size() || segments.get(number) != before) {
      return;
    }
    sketch(before, sketches, sketched, filled[number]);
    for (int row = 0; row < filled[number]; row++) {
      if (before.removedIn[row] != Segment.ALIVE) {
        sketches.erase(row);
      }
    }
    segments.set(number, before.with(sketches));
    listsMayBeDue = true;
    publish();
  }

  /** Full segments of one dimension that are to be listed together; empty if there are none. */
  List<Integer> unlisted() {
    if (!listsMayBeDue) {
      return List.of();
    }
    for (int dimension : frames.keySet()) {
      List<Integer> numbers = ListPlan.next(settings, segments, filled, alive, dimension);
      if (!numbers.isEmpty()) {
        return numbers;
      }
    }
    listsMayBeDue = false;
    return List.of();
  }

  /** Whether another full segment could be listed together with these. */
  boolean haveRoom(List<Integer> numbers) {
    int rows = numbers.stream().mapToInt(number -> alive[number]).sum();
    return rows + settings.segmentRows() <= settings.mostListed();
  }

  /** The segments in lists, those of them that are still there. */
  void replace(List<Integer> numbers, List<Segment> before, Lists lists) {
    for (int i = 0; i < before.size(); i++) {
      Segment listed = lists.segments()[i];
      for (int row = 0; row < listed.rows(); row++) {
        if (listed.removedIn[row] != Segment.ALIVE) {
          listed.eraseSketch(row);
        }
      }
      int number = numbers.get(i);
      if (number < segments.size() && segments.get(number) == before.get(i)) {
        segments.set(number, listed);
      }
    }
    publish();
  }

  static void sketch(Segment segment, Sketches sketches, int from, int to) {
    float[] vector = new float[segment.dimension];
    for (int row = from; row < to; row++) {
      segment.read(row, vector, 0);
      sketches.set(row, vector, segment.norms[row]);
    }
  }

  long heapBytes() {
    long size = chunks.isEmpty() ? 0 : rows.sizeBytes();
    Set<Lists> lists = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Segment segment : segments) {
      size += segment == null ? 0 : segment.heapBytes();
      if (segment != null && segment.lists() != null && lists.add(segment.lists())) {
        size += segment.lists().sizeBytes();
      }
    }
    return size;
  }

  long mappedBytes() {
    long size = 0;
    for (Segment segment : segments) {
      size += segment == null ? 0 : segment.mappedBytes();
    }
    return size;
  }
}
