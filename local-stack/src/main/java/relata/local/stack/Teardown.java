package relata.local.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What has been opened, to be closed in reverse order. Opening and closing exclude each other, so
 * that a shutdown in the middle of a start waits for the part that is just being opened, and closes
 * it too.
 */
final class Teardown implements AutoCloseable {
  private final Deque<Runnable> closers = new ArrayDeque<>();
  private volatile boolean closing;

  /**
   * Opens something and notes how it is closed.
   *
   * @throws StackException if everything is being closed already
   */
  synchronized <T> T open(Supplier<T> opening, Consumer<T> closer) {
    requireOpen();
    T opened = opening.get();
    closers.push(() -> closer.accept(opened));
    return opened;
  }

  /** Closes everything, also when some of it fails; throws the first failure at the end. */
  @Override
  public synchronized void close() {
    closing = true;
    RuntimeException first = null;
    while (!closers.isEmpty()) {
      try {
        closers.pop().run();
      } catch (RuntimeException failed) {
        if (first == null) {
          first = failed;
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /**
   * Runs an action that must not overlap with closing, such as starting a part again.
   *
   * @throws StackException if everything is being closed already
   */
  synchronized void whileOpen(Runnable action) {
    requireOpen();
    action.run();
  }

  /** True from the moment that closing began. Never waits. */
  boolean isClosing() {
    return closing;
  }

  private void requireOpen() {
    if (closing) {
      throw new StackException("The stack is being stopped.");
    }
  }
}
