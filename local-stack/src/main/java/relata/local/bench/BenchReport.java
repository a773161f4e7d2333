package relata.local.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** One line a figure: name, value, unit, bar, and whether it is passed; remarks begin with #. */
public final class BenchReport {
  private static final String NONE = "-";

  private final PrintWriter out;
  private boolean passed = true;

  /** Prints to a writer. */
  public BenchReport(PrintWriter out) {
    this.out = out;
  }

  /** One that has a bar. */
  public void figure(String name, double value, String unit, Bar bar) {
    boolean reached = bar.isPassedBy(value);
    passed &= reached;
    line(name, value, unit, bar.text(), reached ? "pass" : "short");
  }

  /** One that is told beside them. */
  public void figure(String name, double value, String unit) {
    line(name, value, unit, NONE, NONE);
  }

  /** One that cannot be had here counts as not reached. */
  public void missing(String name, String reason) {
    passed = false;
    remark(name + " not measured: " + reason);
  }

  public void remark(String text) {
    out.println("# " + text);
    out.flush();
  }

  /** Whether every bar was passed so far. */
  public boolean isPassed() {
    return passed;
  }

  private void line(String name, double value, String unit, String bar, String verdict) {
    out.printf(
        Locale.ROOT, "%-28s %10s %-12s %8s %s%n", name, Bar.number(value), unit, bar, verdict);
    out.flush();
  }
}
