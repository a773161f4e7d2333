package relata.local.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far something is: a moving bar on a terminal, now and then a line elsewhere. */
interface Progress extends AutoCloseable {
  /**
   * @param note what a number does not say; may be empty
   */
  void at(long done, String note);

  @Override
  void close();

  static Progress of(String task, long total, PrintWriter out) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    return terminal ? new Bar(task, total, System.err) : new Lines(task, total, out);
  }

  /** Drawn again and again on the same line. */
  final class Bar implements Progress {
    private final ProgressBar bar;

    Bar(String task, long total, PrintStream terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(250)
              .setConsumer(new ConsoleProgressBarConsumer(terminal))
              .build();
    }

    @Override
    public void at(long done, String note) {
      bar.stepTo(done);
      bar.setExtraMessage(note);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line when it got further, at most every few seconds, and when it is done. */
  final class Lines implements Progress {
    private static final long INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final String task;
    private final long total;
    private final PrintWriter out;
    private long lastDone = -1;
    private long lastPrinted = System.nanoTime() - INTERVAL_NANOS;

    Lines(String task, long total, PrintWriter out) {
      this.task = task;
      this.total = total;
      this.out = out;
    }

    @Override
    public void at(long done, String note) {
      boolean due = System.nanoTime() - lastPrinted >= INTERVAL_NANOS || done == total;
      if (done != lastDone && due) {
        out.printf("%s: %d of %d%s%n", task, done, total, note.isEmpty() ? "" : " (" + note + ")");
        out.flush();
        lastDone = done;
        lastPrinted = System.nanoTime();
      }
    }

    @Override
    public void close() {}
  }
}
