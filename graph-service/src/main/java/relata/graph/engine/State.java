package relata.graph.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One state of the index, as readers see it. */
final class State {
  /** Grows with each state. */
  final long version;

  /** By number; null where there is none. */
  final Segment[] segments;

  /** How many rows of each segment there are. */
  final int[] filled;

  final int documents;
  final int chunks;

  /** How many read this state now. */
  final AtomicInteger readers = new AtomicInteger();

  State(long version, Segment[] segments, int[] filled, int documents, int chunks) {
    this.version = version;
    this.segments = segments;
    this.filled = filled;
    this.documents = documents;
    this.chunks = chunks;
  }

  /** What a scan of a dimension goes over. */
  List<Part> parts(int dimension) {
    List<Part> parts = new ArrayList<>();
    Set<Lists> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int number = 0; number < segments.length; number++) {
      Segment segment = segments[number];
      if (segment == null || segment.dimension != dimension) {
        continue;
      }
      if (segment.lists() == null) {
        parts.add(new Part.Unlisted(segment, filled[number]));
      } else if (seen.add(segment.lists())) {
        parts.add(segment.lists());
      }
    }
    return parts;
  }

  /** How many lists there are, of all dimensions. */
  int lists() {
    return Arrays.stream(segments)
        .filter(segment -> segment != null && segment.lists() != null)
        .map(Segment::lists)
        .distinct()
        .mapToInt(Lists::count)
        .sum();
  }

  boolean holds(Segment segment, int row) {
    return segment.removedIn[row] > version;
  }
}
