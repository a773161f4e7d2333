package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Hybrid searches over HTTP of texts whose vectors are remembered, in an index that was tuned:
 * alone, and while documents arrive.
 */
final class HttpRun {
  private static final int SEARCHES_PER_SECOND = 200;
  private static final int ARRIVING_PER_SECOND = 200;

  /** Documents of one request: as imports bring them, and little work for this client. */
  private static final int ARRIVING_AT_ONCE = 10;

  /**
   * Until the processes have compiled what they do: after twenty thousand searches each costs
   * api-service half of what it does after a few thousand.
   */
  private static final int WARM_UPS = 4;

  /** Small writes are other code than the import was: compiling it took a fifth of the machine. */
  private static final int WARM_UPS_BESIDE_ARRIVALS = 4;

  /** Searches, and the number of documents that were written beside them. */
  private record Beside(Searches.Outcome searches, Future<Integer> written) {}

  private final LinkedCollection loaded;
  private final Searches searches;
  private final Duration time;
  private final BenchReport report;

  /** The number of the next document that arrives. */
  private int next;

  private HttpRun(LinkedCollection loaded, Searches searches, Duration time, BenchReport report) {
    this.loaded = loaded;
    this.searches = searches;
    this.time = time;
    this.report = report;
    this.next = loaded.documents();
  }

  static void measure(LinkedCollection loaded, Duration time, BenchReport report)
      throws SQLException, InterruptedException {
    String base = loaded.stack().client().base();
    try (Searches searches = new Searches(base, LinkedCollection.NAME)) {
      HttpRun run = new HttpRun(loaded, searches, time, report);
      run.warmUp();
      Optional<Millis> alone = run.alone();
      run.warmUpBesideArrivals();
      run.besideArrivals(alone);
    }
  }

  private void warmUp() throws InterruptedException {
    loaded.stack().say("Warming up searches.");
    // Processes that have not searched before would be left behind by the full pace.
    for (int pace = SEARCHES_PER_SECOND / 8; pace < SEARCHES_PER_SECOND; pace *= 2) {
      var unused = searches.run(pace, time.dividedBy(4));
    }
    TunedIndex.await(loaded, report);
    for (int i = 0; i < WARM_UPS; i++) {
      var unused = searches.run(SEARCHES_PER_SECOND, time);
    }
  }

  private void warmUpBesideArrivals() throws InterruptedException {
    loaded.stack().say("Warming up searches while documents arrive.");
    for (int i = 0; i < WARM_UPS_BESIDE_ARRIVALS; i++) {
      var unused = searchBesideArrivals();
    }
  }

  private Optional<Millis> alone() throws InterruptedException {
    loaded
        .stack()
        .say("%d searches a second for %d s.".formatted(SEARCHES_PER_SECOND, time.toSeconds()));
    CpuSplit cpu = CpuSplit.start(loaded.stack());
    Optional<Millis> times = answered("http", searches.run(SEARCHES_PER_SECOND, time));
    times.ifPresent(
        found -> {
          report.figure("http.p50", found.percentile(0.5), "ms");
          report.figure("http.p99", found.percentile(0.99), "ms", new Bar.AtMost(15));
          cpu.print(report, "http", found.count());
        });
    return times;
  }

  private void besideArrivals(Optional<Millis> alone) throws SQLException, InterruptedException {
    BenchStack stack = loaded.stack();
    stack.say("The same while %d documents a second arrive.".formatted(ARRIVING_PER_SECOND));
    CpuSplit cpu = CpuSplit.start(stack);
    long before = stack.links().linked(loaded.generation());
    Beside run = searchBesideArrivals();
    Optional<Millis> beside = answered("http.arriving", run.searches());
    Optional<Integer> arrived = arrived(run.written());
    double linked = stack.links().linked(loaded.generation()) - before;
    if (alone.isPresent() && beside.isPresent()) {
      Millis found = beside.get();
      report.figure("http.arriving.p50", found.percentile(0.5), "ms");
      report.figure("http.arriving.p99", found.percentile(0.99), "ms");
      report.figure(
          "http.arriving",
          found.percentile(0.99) / alone.get().percentile(0.99),
          "times",
          new Bar.AtMost(2));
      cpu.print(report, "http beside arrivals", found.count());
    }
    arrived.ifPresent(count -> report.figure("http.arriving.linked", linked / count, "share"));
  }

  private Beside searchBesideArrivals() throws InterruptedException {
    try (ExecutorService arriving = Executors.newSingleThreadExecutor()) {
      Callable<Integer> arrivals = this::arrive;
      Future<Integer> written = arriving.submit(arrivals);
      return new Beside(searches.run(SEARCHES_PER_SECOND, time), written);
    }
  }

  /** How many documents were written; none is known if some were refused. */
  private Optional<Integer> arrived(Future<Integer> written) throws InterruptedException {
    try {
      return Optional.of(written.get());
    } catch (ExecutionException refused) {
      report.missing("http.arriving.linked", refused.getCause().getMessage());
      return Optional.empty();
    }
  }

  /** The times of those that were answered, if any was; how many were not. */
  private Optional<Millis> answered(String name, Searches.Outcome outcome) {
    report.figure(name + ".refused", outcome.refused().size(), "searches", new Bar.AtMost(0));
    outcome.refused().stream().distinct().limit(1).forEach(told -> report.remark("told: " + told));
    if (outcome.times().isEmpty()) {
      report.missing(name, "no search was answered");
      return Optional.empty();
    }
    return Optional.of(new Millis(outcome.times()));
  }

  /** Writes new documents; their number. */
  private int arrive() throws InterruptedException {
    int first = next;
    int requests =
        Pace.keep(
            ARRIVING_PER_SECOND / ARRIVING_AT_ONCE,
            time,
            (number, due) -> {
              int from = first + number * ARRIVING_AT_ONCE;
              List<String> lines =
                  IntStream.range(from, from + ARRIVING_AT_ONCE)
                      .mapToObj(LinkedCollection.CORPUS::line)
                      .toList();
              var unused = loaded.stack().client().bulk(LinkedCollection.NAME, lines);
            });
    int arrived = requests * ARRIVING_AT_ONCE;
    next = first + arrived;
    return arrived;
  }
}
