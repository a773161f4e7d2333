package relata.graph.feed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * The events that wait, in one line a generation, so that the many of one never stand before the
 * few of another. Lines are bounded: a generation whose line is full is behind, and catches up from
 * the database once the line is empty.
 */
final class Lines {
  /** Bounds, in events. */
  record Limits(int ofOneLine, int ofAll, int ofOneTurn) {}

  private static final class Line {
    final Deque<GenerationChanges> waiting = new ArrayDeque<>();

    /** Events that wait or are being dealt with. */
    int held;

    boolean behind;
  }

  private final Limits limits;
  private final LongConsumer opened;
  private final Map<Long, Line> lines = new HashMap<>();
  private int held;

  /**
   * @param opened is told the generation of a line that was empty, for which {@link #next} is to be
   *     called until it says that there is nothing to do
   */
  Lines(Limits limits, LongConsumer opened) {
    this.limits = limits;
    this.opened = opened;
  }

  /**
   * @return whether the events were taken in; else they are needed no more
   */
  synchronized boolean add(GenerationChanges changes) {
    Line line = lines.get(changes.generationId());
    if (line == null) {
      line = new Line();
      lines.put(changes.generationId(), line);
      opened.accept(changes.generationId());
    }
    int events = changes.messages().size();
    if (line.held + events > limits.ofOneLine() || held + events > limits.ofAll()) {
      line.behind = true;
      return false;
    }
    line.waiting.add(changes);
    line.held += events;
    held += events;
    return true;
  }

  /** Events first: whoever wrote just now waits for them. */
  synchronized Turn next(long generationId) {
    Line line = lines.get(generationId);
    GenerationChanges first = line.waiting.poll();
    if (first != null) {
      while (!line.waiting.isEmpty() && first.fits(line.waiting.peek(), limits.ofOneTurn())) {
        first.merge(line.waiting.poll());
      }
      return new Turn.Events(first);
    }
    if (line.behind) {
      return new Turn.CatchUp();
    }
    lines.remove(generationId);
    return new Turn.Nothing();
  }

  /** To be called when the events of a turn were dealt with, well or not. */
  synchronized void done(GenerationChanges changes) {
    int events = changes.messages().size();
    lines.get(changes.generationId()).held -= events;
    held -= events;
  }

  /** To be called before catching up: what is not taken in meanwhile makes it behind again. */
  synchronized void catchingUp(long generationId) {
    lines.get(generationId).behind = false;
  }

  /** There is more to catch up with. */
  synchronized void stillBehind(long generationId) {
    lines.get(generationId).behind = true;
  }

  /** Takes all that waits out of the lines, which end with their present turn. */
  synchronized List<GenerationChanges> clear() {
    List<GenerationChanges> waiting = new ArrayList<>();
    for (Line line : lines.values()) {
      line.waiting.forEach(changes -> line.held -= changes.messages().size());
      waiting.addAll(line.waiting);
      line.waiting.clear();
      line.behind = false;
    }
    waiting.forEach(changes -> held -= changes.messages().size());
    return waiting;
  }
}
