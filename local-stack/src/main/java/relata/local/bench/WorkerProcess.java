package relata.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.Stream;
import relata.local.stack.StackPart;

/** The memory that the worker took since it was started, and how soon it is ready. */
final class WorkerProcess {
  private static final int STARTS = 3;
  private static final double MEBIBYTE = 1024;

  private WorkerProcess() {}

  static void measure(BenchStack stack, BenchReport report) throws IOException {
    OptionalLong peak = peakKibibytes(stack.worker().pid());
    if (peak.isPresent()) {
      report.figure("worker.memory", peak.getAsLong() / MEBIBYTE, "MiB", new Bar.AtMost(256));
    } else {
      report.missing("worker.memory", "this system has no /proc");
    }
    stack.say("Starting the worker again, %d times.".formatted(STARTS));
    double[] seconds = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      seconds[i] = secondsToReady(stack.worker());
    }
    Arrays.sort(seconds);
    report.figure("worker.ready", seconds[STARTS / 2], "s", new Bar.AtMost(2));
    report.figure("worker.ready.slowest", seconds[STARTS - 1], "s");
  }

  private static double secondsToReady(StackPart worker) {
    worker.stop();
    long start = System.nanoTime();
    worker.start();
    worker.awaitReady();
    return (System.nanoTime() - start) / 1e9;
  }

  /** The most that was resident at once. */
  private static OptionalLong peakKibibytes(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    }
  }
}
