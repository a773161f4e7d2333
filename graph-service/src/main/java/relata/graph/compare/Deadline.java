package relata.graph.compare;

import java.time.Duration;

/** When to be content with what there is. */
record Deadline(long nanoTime) {
  static Deadline after(Duration limit) {
    return new Deadline(System.nanoTime() + limit.toNanos());
  }

  boolean isOver() {
    return System.nanoTime() - nanoTime >= 0;
  }
}
