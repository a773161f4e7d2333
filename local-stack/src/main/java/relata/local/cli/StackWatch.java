package relata.local.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import relata.local.stack.RelataStack;

/** Stays with a stack until Ctrl-C, and says when a part of it ends by itself. */
final class StackWatch {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  /** Something that runs until it is stopped. */
  record Watched(String name, Path log, BooleanSupplier running) {}

  private final List<Watched> watched;
  private final Set<String> ended = new HashSet<>();

  StackWatch(List<Watched> watched) {
    this.watched = List.copyOf(watched);
  }

  /** Returns only by an interrupt: Ctrl-C and SIGTERM end the JVM, and the stack with it. */
  static void stay(RelataStack stack, PrintWriter out) {
    StackWatch watch = new StackWatch(all(stack));
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        if (!stack.isClosing()) {
          watch.endedSince().forEach(out::println);
          out.flush();
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** A line for each that has ended since it was asked last. */
  List<String> endedSince() {
    return watched.stream()
        .filter(part -> !part.running().getAsBoolean() && ended.add(part.name()))
        .map(
            part ->
                "%s has ended, and is not started again: Ctrl-C, then start anew. Its log: %s"
                    .formatted(part.name(), part.log()))
        .toList();
  }

  private static List<Watched> all(RelataStack stack) {
    List<Watched> all = new ArrayList<>();
    stack
        .parts()
        .forEach(part -> all.add(new Watched(part.name(), part.logFile(), part::isRunning)));
    all.add(new Watched("nats-server", stack.nats().logFile(), stack.nats()::isRunning));
    // One that was there before is its owner's to watch.
    if (stack.postgres().pid().isPresent()) {
      Path log = stack.dataDirectory().resolve("logs").resolve("postgres.log");
      all.add(new Watched("PostgreSQL", log, () -> stack.postgres().pid().isPresent()));
    }
    return all;
  }
}
