package relata.local.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import relata.local.process.DirectoryTree;
import relata.local.stack.StackPart;

/**
 * A graph-service that was killed, until it gives the right answer to a search again: from its
 * start, and from when it begins to load its index. First from its snapshot, then from the
 * database.
 */
final class RestartRun {
  private static final int ROUNDS = 3;

  /** With less that is new no snapshot is written; a start reads the rest from the database. */
  private static final double WRITTEN = 0.95;

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final LinkedCollection loaded;
  private final BenchStack stack;
  private final GraphLog log;

  private RestartRun(LinkedCollection loaded) {
    this.loaded = loaded;
    stack = loaded.stack();
    log = new GraphLog(stack.graph().logFile(), loaded.generation());
  }

  static void measure(LinkedCollection loaded, BenchReport report)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      new RestartRun(loaded).measure(http, report);
    }
  }

  /**
   * How long it took.
   *
   * @param serving from the start of the process to the right answer
   * @param searching from the beginning of the load to the right answer
   */
  private record Took(double serving, double searching) {}

  private void measure(HttpClient http, BenchReport report)
      throws IOException, InterruptedException {
    GraphSearch search = new GraphSearch(http, stack.graph().url(), loaded.generation());
    List<Long> right = search.await(PATIENCE).found();
    stack.say("Waiting for a snapshot.");
    log.await("snapshot written", (int) (WRITTEN * loaded.documents()), PATIENCE, LOOK);
    stack.quickenStarts();
    List<Double> serving = new ArrayList<>();
    List<Double> searching = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      stack.say("Killing graph-service, and starting it from its snapshot.");
      Took took = restart(search, right, "snapshot");
      serving.add(took.serving());
      searching.add(took.searching());
    }
    report.figure("restart.serving", median(serving), "s", new Bar.AtMost(3));
    report.figure("restart.snapshot", median(searching), "s", new Bar.AtMost(1));
    stack.say("Killing graph-service, and starting it without a snapshot.");
    stack.graph().kill();
    DirectoryTree.delete(stack.snapshots());
    Took took = restart(search, right, "database");
    report.figure("restart.serving.database", took.serving(), "s");
    report.figure("restart.database", took.searching(), "s");
  }

  private static double median(List<Double> seconds) {
    return new Millis(seconds).percentile(0.5);
  }

  private Took restart(GraphSearch search, List<Long> right, String from)
      throws IOException, InterruptedException {
    StackPart graph = stack.graph();
    graph.kill();
    int loads = log.loads().size();
    Instant start = Instant.now();
    graph.start();
    Instant answered = search.awaitAnswer(right, PATIENCE);
    List<GraphLog.Load> since = log.loads();
    GraphLog.Load load = since.getLast();
    if (since.size() != loads + 1 || !load.from().equals(from)) {
      throw new IllegalStateException(
          "The index was loaded from %s, not from %s. Log: %s"
              .formatted(load.from(), from, graph.logFile()));
    }
    return new Took(
        ThroughputRun.seconds(Duration.between(start, answered)),
        ThroughputRun.seconds(Duration.between(load.began(), answered)));
  }
}
