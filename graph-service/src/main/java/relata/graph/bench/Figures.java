package relata.graph.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** Prints a line a figure, {@code figure NAME VALUE UNIT}, which whoever started this reads. */
final class Figures {
  private final PrintStream out;

  Figures(PrintStream out) {
    this.out = out;
  }

  void add(String name, double value, String unit) {
    out.printf(Locale.ROOT, "figure %s %.6f %s%n", name, value, unit);
    out.flush();
  }

  void remark(String text) {
    out.println("remark " + text);
    out.flush();
  }

  /** The value that a share of the times does not exceed (nearest rank). */
  static double percentile(long[] nanos, double share) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
