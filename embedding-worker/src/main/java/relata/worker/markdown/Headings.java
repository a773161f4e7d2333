package relata.worker.markdown;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The headings above the place that is being read. */
final class Headings {
  private record Entry(int level, String text) {}

  private final Deque<Entry> open = new ArrayDeque<>();

  /** Closes the headings that this one ends, opens it, and returns those above it. */
  List<String> enter(int level, String text) {
    while (!open.isEmpty() && open.getLast().level() >= level) {
      open.removeLast();
    }
    List<String> above = path();
    open.addLast(new Entry(level, text));
    return above;
  }

  /** Outermost first. */
  List<String> path() {
    return open.stream().map(Entry::text).toList();
  }
}
