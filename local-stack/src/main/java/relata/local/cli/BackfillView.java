package relata.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Shows how far a backfill is, and once why it does not get further. */
final class BackfillView implements AutoCloseable {
  /** Longer than a model takes to load; then a person wants to know what is the matter. */
  private static final Duration UNTIL_EXPLAINED = Duration.ofSeconds(10);

  private final Supplier<Optional<String>> reason;
  private final LongSupplier nanoTime;
  private final PrintWriter out;
  private Progress progress;
  private BackfillProgress last;
  private long movedAt;
  private boolean explained;

  /**
   * @param reason why documents wait at present, if it is known
   * @param nanoTime a clock that only grows
   */
  BackfillView(Supplier<Optional<String>> reason, LongSupplier nanoTime, PrintWriter out) {
    this.reason = reason;
    this.nanoTime = nanoTime;
    this.out = out;
  }

  void at(BackfillProgress step) {
    if (last == null || step.done() != last.done()) {
      movedAt = nanoTime.getAsLong();
    }
    last = step;
    if (progress == null && step.total() > 0) {
      progress = Progress.of("documents", step.total(), out);
    }
    if (progress != null) {
      progress.at(step.done(), step.note());
    }
    if (!explained
        && step.done() < step.total()
        && nanoTime.getAsLong() - movedAt >= UNTIL_EXPLAINED.toNanos()) {
      reason.get().ifPresent(this::explain);
    }
  }

  private void explain(String why) {
    explained = true;
    out.printf(
        "%nDocuments wait to be tried again, the last reason:%n  %s%n"
            + "It goes on as soon as that is mended, and ends when nothing goes on for long.%n",
        why);
    out.flush();
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
    if (last != null) {
      out.println(last.summary());
      out.flush();
    }
  }
}
