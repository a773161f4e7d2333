package relata.local.bench;

import java.time.Duration;
import java.time.Instant;

/** All documents from the first write to the last that has its features. */
final class ThroughputRun {
  static final String COLLECTION = "documents";
  private static final double MILLIS = 1e3;

  private ThroughputRun() {}

  static void measure(BenchStack stack, BenchOptions options, BenchReport report) throws Exception {
    int documents = options.documents();
    Corpus corpus = new Corpus("first");
    CpuSplit cpu = CpuSplit.start(stack);
    ModelCounters.Counts before = stack.model().counts();
    stack.say("Writing %,d documents.".formatted(documents));
    BulkLoad.Written written = BulkLoad.run(stack, COLLECTION, documents, corpus::line);
    long generation = stack.features().activeGeneration(COLLECTION);
    Settling.await(stack, generation, documents);
    Instant end = stack.features().lastReady(generation);
    ModelCounters.Counts after = stack.model().counts();
    report.figure(
        "throughput",
        stack.features().ready(generation) / seconds(Duration.between(written.start(), end)),
        "documents/s",
        new Bar.AtLeast(1000));
    report.figure(
        "throughput.without",
        documents - stack.features().ready(generation),
        "documents",
        new Bar.AtMost(0));
    report.figure("throughput.written", documents / seconds(written.took()), "documents/s");
    report.figure("throughput.inputs", after.inputs() - before.inputs(), "texts");
    report.figure(
        "throughput.twice",
        (after.inputs() - before.inputs()) - (after.distinct() - before.distinct()),
        "texts",
        new Bar.AtMost(0));
    report.figure(
        "throughput.call",
        (after.inputs() - before.inputs()) / (double) Math.max(1, after.calls() - before.calls()),
        "texts/call");
    cpu.print(report, "throughput", documents);
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
