package relata.local.bench;

import java.io.PrintWriter;
import java.util.function.Consumer;
import relata.local.process.DirectoryTree;
import relata.local.stack.StackOptions;

/**
 * Measures the way from a written document to its features, on stacks of its own: PostgreSQL,
 * nats-server, api-service, embedding-worker and a model server that is none. Without
 * graph-service, so that the figures are the features' alone.
 */
public final class PipelineBench {
  private final BenchOptions options;
  private final BenchReport report;
  private final Consumer<String> messages;

  /** What can be measured. */
  public enum Part {
    /** Rate over all documents; nothing done at a replay; the worker's memory and start. */
    THROUGHPUT,
    /** From a write to its features, and a search text's vector, alone and beside a backfill. */
    FRESHNESS,
    /** How much of a slow model's room is used. */
    PERMITS,
    /** What documents that the model refuses cost the others. */
    POISON
  }

  /**
   * @param out gets the figures
   * @param messages gets what is being done
   */
  public PipelineBench(BenchOptions options, PrintWriter out, Consumer<String> messages) {
    this.options = options;
    this.report = new BenchReport(out);
    this.messages = messages;
  }

  /** Measures; true if every bar was passed. */
  public boolean run() throws Exception {
    Machine.describe().forEach(report::remark);
    if (options.wants(Part.THROUGHPUT) || options.wants(Part.FRESHNESS)) {
      manyDocuments();
    }
    if (options.wants(Part.PERMITS)) {
      PermitsRun.measure(dataOf("permits"), options, report, messages);
    }
    if (options.wants(Part.POISON)) {
      PoisonRun.measure(dataOf("poison"), options, report, messages);
    }
    return report.isPassed();
  }

  private StackOptions dataOf(String run) {
    return options
        .data()
        .map(folder -> StackOptions.in(folder.resolve(run)))
        .orElseGet(
            () -> StackOptions.in(DirectoryTree.temporary("relata-bench-")).withTemporaryData());
  }

  private void manyDocuments() throws Exception {
    try (BenchStack stack =
        BenchStack.start(dataOf("documents"), BenchStack.instantModel(), messages)) {
      ThroughputRun.measure(stack, options, report);
      if (options.wants(Part.THROUGHPUT)) {
        ReplayRun.measure(stack, options.documents(), report);
        WorkerProcess.measure(stack, report);
      }
      if (options.wants(Part.FRESHNESS)) {
        FreshnessRun.measure(stack, options, report);
      }
    }
  }
}
