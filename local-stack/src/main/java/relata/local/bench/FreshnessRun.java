package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import relata.local.client.ApiException;

/**
 * How long a write takes until its features are there, and a search text until its vector is there:
 * with nothing else to do, and while a new generation of all documents is built.
 */
final class FreshnessRun {
  private static final double HALF = 0.5;
  private static final double MOST = 0.99;
  private static final String OTHER_RECIPE =
      """
      {"embed": {"documentPrefix": "passage: "}, "gate": {"switch": "manual"}}""";

  private FreshnessRun() {}

  static void measure(BenchStack stack, BenchOptions options, BenchReport report) throws Exception {
    Writes writes =
        new Writes(
            stack, ThroughputRun.COLLECTION, options.documents(), stack.features()::readySince);
    long generation = stack.features().activeGeneration(ThroughputRun.COLLECTION);
    Duration time = options.freshnessTime();
    try (Queries queries = Queries.to(stack, generation)) {
      stack.say("Warming up writes and queries.");
      writes.run("warm", time.dividedBy(4));
      queries.run("warm", time.dividedBy(4));

      stack.say(
          "%d writes a second for %d s."
              .formatted(BenchOptions.WRITES_PER_SECOND, time.toSeconds()));
      ModelCounters.Counts before = stack.model().counts();
      CpuSplit cpu = CpuSplit.start(stack);
      Millis alone = writes.run("second", time);
      double model = stack.model().counts().millisPerCallSince(before);
      report.figure("freshness.model", model, "ms");
      Millis beyond = alone.minus(model);
      report.figure("freshness.p50", beyond.percentile(HALF), "ms", new Bar.AtMost(15));
      report.figure("freshness.p99", beyond.percentile(MOST), "ms", new Bar.AtMost(100));
      cpu.print(report, "freshness", alone.count());
      Millis idle = queries.run("idle", time);
      report.figure("query.idle.p99", idle.percentile(MOST), "ms");

      besideBackfill(stack, writes, queries, options, model, beyond, idle, report);
    }
  }

  private static void besideBackfill(
      BenchStack stack,
      Writes writes,
      Queries queries,
      BenchOptions options,
      double model,
      Millis alone,
      Millis idle,
      BenchReport report)
      throws InterruptedException, ExecutionException, SQLException {
    Duration time = options.freshnessTime();
    stack.say("The same beside a new generation of all documents.");
    try {
      stack.client().putRecipe(ThroughputRun.COLLECTION, OTHER_RECIPE);
    } catch (ApiException refused) {
      report.missing("freshness.backfill", refused.getMessage());
      report.missing("query.backfill", refused.getMessage());
      return;
    }
    long building = stack.features().buildingGeneration(ThroughputRun.COLLECTION);
    long before = stack.features().settled(building);
    CpuSplit cpu = CpuSplit.start(stack);
    Millis fresh;
    Millis asked;
    try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
      Callable<Millis> asking = () -> queries.run("beside", time);
      Future<Millis> askedBeside = beside.submit(asking);
      fresh = writes.run("third", time).minus(model);
      asked = askedBeside.get();
    }
    long after = stack.features().settled(building);
    double documents = after - before;
    if (documents == 0 || after >= options.documents()) {
      report.missing("backfill", "it did not run all the time; take more documents or less time");
    }
    report.figure("freshness.backfill.p50", fresh.percentile(HALF), "ms");
    report.figure("freshness.backfill.p99", fresh.percentile(MOST), "ms");
    report.figure(
        "freshness.backfill",
        fresh.percentile(MOST) / alone.percentile(MOST),
        "times",
        new Bar.AtMost(2));
    report.figure("query.backfill.p99", asked.percentile(MOST), "ms");
    report.figure(
        "query.backfill",
        asked.percentile(MOST) / idle.percentile(MOST),
        "times",
        new Bar.AtMost(1.5));
    report.figure("backfill.rate", documents / time.toSeconds(), "documents/s");
    cpu.print(report, "freshness beside a backfill", fresh.count());
  }
}
