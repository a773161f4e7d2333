package relata.local.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** How long a write takes until the document is linked, and found by its new text. */
final class LinkedRun {
  /**
   * Until the processes have compiled what single writes need, which the import did not: of 40,000
   * documents one took 62 ms in the second round and 35 ms in the sixth.
   */
  private static final int WARM_UPS = 4;

  private LinkedRun() {}

  static void measure(LinkedCollection loaded, Duration time, BenchReport report)
      throws IOException, SQLException, InterruptedException {
    BenchStack stack = loaded.stack();
    Writes writes =
        new Writes(stack, LinkedCollection.NAME, loaded.documents(), stack.links()::linkedSince);
    stack.say("Warming up writes.");
    for (int round = 0; round < WARM_UPS; round++) {
      writes.run("warm" + round, time);
    }
    stack.say(
        "%d writes a second for %d s.".formatted(BenchOptions.WRITES_PER_SECOND, time.toSeconds()));
    ModelCounters.Counts before = stack.model().counts();
    CpuSplit cpu = CpuSplit.start(stack);
    Millis times = writes.run("second", time);
    double model = stack.model().counts().millisPerCallSince(before);
    report.figure("linked.model", model, "ms");
    Millis beyond = times.minus(model);
    report.figure("linked.p50", beyond.percentile(0.5), "ms", new Bar.AtMost(25));
    report.figure("linked.p99", beyond.percentile(0.99), "ms", new Bar.AtMost(150));
    cpu.print(report, "linked", times.count());
  }
}
