package relata.graph.engine;

import java.util.ArrayDeque;

/**
 * The state that readers see, and when what they no longer see may be overwritten. Readers count
 * themselves in and out and never wait; what a new state left behind is cleaned up once nobody
 * reads an older one. All but {@link #current} and {@link #read} is guarded by the writer.
 */
final class Publication {
  private volatile State current = new State(0, new Segment[0], new int[0], 0, 0);

  /** Oldest first. */
  private final ArrayDeque<Left> left = new ArrayDeque<>();

  private record Left(State state, Runnable cleanUp) {}

  /** Keeps a state as it is until it is closed. */
  record Reading(State state) implements AutoCloseable {
    @Override
    public void close() {
      state.readers.decrementAndGet();
    }
  }

  State current() {
    return current;
  }

  Reading read() {
    while (true) {
      State state = current;
      state.readers.incrementAndGet();
      // Only one that still was the current state after it was counted is certain to be kept.
      if (state == current) {
        return new Reading(state);
      }
      state.readers.decrementAndGet();
    }
  }

  /**
   * @param cleanUp what may be done once nobody reads what was there before
   */
  void publish(State next, Runnable cleanUp) {
    left.add(new Left(current, cleanUp));
    current = next;
    cleanUp();
  }

  /** Cleans up as far as readers have left. */
  void cleanUp() {
    while (!left.isEmpty() && left.peek().state().readers.get() == 0) {
      left.poll().cleanUp().run();
    }
  }

  boolean isClean() {
    return left.isEmpty();
  }
}
