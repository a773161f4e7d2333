package relata.local.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the CPU time of a run went. */
final class CpuSplit {
  private final List<BenchProcess> processes;
  private final long startNanos = System.nanoTime();
  private final Optional<CpuTimes> start;

  private CpuSplit(List<BenchProcess> processes) {
    this.processes = processes;
    this.start = CpuTimes.now(processes);
  }

  static CpuSplit start(BenchStack stack) {
    return new CpuSplit(stack.processes());
  }

  /** Says it, with the share of each in the cost of one of {@code count} things. */
  void print(BenchReport report, String run, int count) {
    Optional<CpuTimes> end = CpuTimes.now(processes);
    if (start.isEmpty() || end.isEmpty()) {
      report.remark("cpu of " + run + ": not known, this system has no /proc");
      return;
    }
    CpuTimes spent = end.get().since(start.get());
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    int cores = Runtime.getRuntime().availableProcessors();
    report.remark(
        "cpu of %s: %.1f s in %.1f s, %.0f %% of %d cores; other programs %.1f s"
            .formatted(
                run,
                spent.machine() - spent.elsewhere(),
                seconds,
                100 * (spent.machine() - spent.elsewhere()) / (seconds * cores),
                cores,
                spent.elsewhere()));
    lines(spent, count).forEach(report::remark);
  }

  private static List<String> lines(CpuTimes spent, int count) {
    double sum = spent.machine() - spent.elsewhere();
    List<String> lines = new ArrayList<>();
    spent
        .byProcess()
        .forEach(
            (name, time) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-18s %8.1f s  %3.0f %%  %.3f ms each",
                        name,
                        time,
                        100 * time / Math.max(sum, 0.01),
                        1000 * time / count)));
    return lines;
  }
}
