package relata.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import relata.local.stack.Part;
import relata.local.stack.StackOptions;

/** A model that takes its time and some calls at once: how much of that room is used. */
final class PermitsRun {
  private static final String COLLECTION = "permits";
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final int PERMITS = 8;

  /** So few that the rest of the stack keeps up with the model on two cores. */
  private static final int TEXTS_A_CALL = 8;

  private static final int TEXTS_A_DOCUMENT = 2;
  private static final int SHARE = 20;

  /** Two seconds of work: less would be all beginning and end. */
  private static final int LEAST_DOCUMENTS = 320;

  private static final Duration LOOK = Duration.ofMillis(100);

  private PermitsRun() {}

  static void measure(
      StackOptions base, BenchOptions options, BenchReport report, Consumer<String> messages)
      throws Exception {
    int documents = Math.max(LEAST_DOCUMENTS, options.documents() / SHARE);
    try (BenchStack stack =
        BenchStack.start(
            base.withEnvironment(Part.WORKER, "RELATA_GATE_PERMITS", Integer.toString(PERMITS))
                .withEnvironment(
                    Part.WORKER, "RELATA_EMBED_MAX_INPUTS", Integer.toString(TEXTS_A_CALL)),
            BenchStack.instantModel().withLatency(LATENCY, PERMITS),
            messages)) {
      stack.say("Writing %,d documents for a model of 200 ms a call.".formatted(documents));
      BulkLoad.run(stack, COLLECTION, documents, new Corpus("permits")::line);
      List<ModelCounters.Counts> seen = watch(stack, documents);
      report(seen, report);
    }
  }

  /** The counts over time until all texts were asked for. */
  private static List<ModelCounters.Counts> watch(BenchStack stack, int documents)
      throws Exception {
    List<ModelCounters.Counts> seen = new ArrayList<>();
    long generation = stack.features().activeGeneration(COLLECTION);
    seen.add(stack.model().counts());
    while (seen.getLast().inputs() < (long) documents * TEXTS_A_DOCUMENT) {
      Thread.sleep(LOOK);
      seen.add(stack.model().counts());
      if (stack.features().settled(generation) == documents) {
        break;
      }
    }
    Settling.await(stack, generation, documents);
    return seen;
  }

  /** Between the first and the last tenth, where the work begins and runs out. */
  private static void report(List<ModelCounters.Counts> seen, BenchReport report) {
    long all = seen.getLast().calls();
    ModelCounters.Counts from = first(seen, all / 10);
    ModelCounters.Counts to = first(seen, all - all / 10);
    double seconds = (to.atNanos() - from.atNanos()) / 1e9;
    double rate = (to.calls() - from.calls()) / seconds;
    double possible = PERMITS / ThroughputRun.seconds(LATENCY);
    report.figure("permits", rate / possible, "share", new Bar.AtLeast(0.95));
    report.figure("permits.calls", rate, "calls/s");
    report.figure(
        "permits.texts",
        (to.inputs() - from.inputs()) / (double) Math.max(1, to.calls() - from.calls()),
        "texts/call");
  }

  private static ModelCounters.Counts first(List<ModelCounters.Counts> seen, long calls) {
    return seen.stream().filter(counts -> counts.calls() >= calls).findFirst().orElseThrow();
  }
}
