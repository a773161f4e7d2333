package relata.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import relata.local.stack.RelataStack;
import relata.local.stack.StackPart;

/** Stays with a stack until Ctrl-C, and says when a part of it ends by itself. */
final class StackWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private StackWatch() {}

  /** Returns only by an interrupt: Ctrl-C and SIGTERM end the JVM, and the stack with it. */
  static void stay(RelataStack stack, PrintWriter out) {
    List<StackPart> parts = stack.parts();
    Set<String> ended = new HashSet<>();
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        for (StackPart part : parts) {
          if (!part.isRunning() && !stack.isClosing() && ended.add(part.name())) {
            out.printf(
                "%s has ended, and is not started again: Ctrl-C, then start anew. Its log: %s%n",
                part.name(), part.logFile());
            out.flush();
          }
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
