package relata.local.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Hybrid searches over HTTP of texts whose vectors are remembered, in an index that was tuned:
 * alone, and while documents arrive.
 */
final class HttpRun {
  private static final int SEARCHES_PER_SECOND = 200;

  /** First the one that has bars, so that no other has added documents before; then less. */
  private static final List<Integer> PACES = List.of(SEARCHES_PER_SECOND, 100, 50);

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
  private final Arrivals arrivals;

  private HttpRun(LinkedCollection loaded, Searches searches, Duration time, BenchReport report) {
    this.loaded = loaded;
    this.searches = searches;
    this.time = time;
    this.report = report;
    this.arrivals = new Arrivals(loaded, time);
  }

  static void measure(LinkedCollection loaded, Duration time, BenchReport report)
      throws SQLException, InterruptedException {
    String base = loaded.stack().client().base();
    try (Searches searches = new Searches(base, LinkedCollection.NAME)) {
      HttpRun run = new HttpRun(loaded, searches, time, report);
      run.warmUp();
      Map<Integer, Optional<Millis>> alone = new HashMap<>();
      for (int pace : PACES) {
        alone.put(pace, run.alone(pace));
      }
      run.warmUpBesideArrivals();
      for (int pace : PACES) {
        run.besideArrivals(pace, alone.get(pace));
      }
      // What comes next asks for answers that no arrival changes any more.
      run.arrivals.awaitLinked();
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
      var unused = searchBesideArrivals(SEARCHES_PER_SECOND);
    }
  }

  private Optional<Millis> alone(int pace) throws InterruptedException {
    loaded.stack().say("%d searches a second for %d s.".formatted(pace, time.toSeconds()));
    String name = named("http", pace);
    CpuSplit cpu = CpuSplit.start(loaded.stack());
    Optional<Millis> times = answered(name, pace, searches.run(pace, time));
    times.ifPresent(
        found -> {
          report.figure(name + ".p50", found.percentile(0.5), "ms");
          judge(name + ".p99", found.percentile(0.99), "ms", pace, 15);
          cpu.print(report, name, found.count());
        });
    return times;
  }

  private void besideArrivals(int pace, Optional<Millis> alone)
      throws SQLException, InterruptedException {
    BenchStack stack = loaded.stack();
    stack.say(
        "%d searches a second while %d documents a second arrive."
            .formatted(pace, Arrivals.PER_SECOND));
    String name = named("http.arriving", pace);
    // What arrived before has nothing to do with this.
    arrivals.awaitLinked();
    CpuSplit cpu = CpuSplit.start(stack);
    long before = stack.links().linked(loaded.generation());
    Beside run = searchBesideArrivals(pace);
    Optional<Millis> beside = answered(name, pace, run.searches());
    Optional<Integer> arrived = arrived(name, pace, run.written());
    double linked = stack.links().linked(loaded.generation()) - before;
    if (alone.isPresent() && beside.isPresent()) {
      Millis found = beside.get();
      report.figure(name + ".p50", found.percentile(0.5), "ms");
      report.figure(name + ".p99", found.percentile(0.99), "ms");
      judge(name, found.percentile(0.99) / alone.get().percentile(0.99), "times", pace, 2);
      cpu.print(report, name, found.count());
    }
    arrived.ifPresent(count -> report.figure(name + ".linked", linked / count, "share"));
  }

  private static String named(String what, int pace) {
    return pace == SEARCHES_PER_SECOND ? what : what + ".at-" + pace;
  }

  /** Only the full pace has a bar. */
  private void judge(String name, double value, String unit, int pace, double most) {
    if (pace == SEARCHES_PER_SECOND) {
      report.figure(name, value, unit, new Bar.AtMost(most));
    } else {
      report.figure(name, value, unit);
    }
  }

  private void missing(String name, String reason, int pace) {
    if (pace == SEARCHES_PER_SECOND) {
      report.missing(name, reason);
    } else {
      report.remark(name + " not measured: " + reason);
    }
  }

  private Beside searchBesideArrivals(int pace) throws InterruptedException {
    try (ExecutorService arriving = Executors.newSingleThreadExecutor()) {
      Future<Integer> written = arriving.submit(arrivals::write);
      return new Beside(searches.run(pace, time), written);
    }
  }

  /** How many documents were written; none is known if some were refused. */
  private Optional<Integer> arrived(String name, int pace, Future<Integer> written)
      throws InterruptedException {
    try {
      return Optional.of(written.get());
    } catch (ExecutionException refused) {
      missing(name + ".linked", refused.getCause().getMessage(), pace);
      return Optional.empty();
    }
  }

  /** The times of those that were answered, if any was; how many were not. */
  private Optional<Millis> answered(String name, int pace, Searches.Outcome outcome) {
    judge(name + ".refused", outcome.refused().size(), "searches", pace, 0);
    outcome.refused().stream().distinct().limit(1).forEach(told -> report.remark("told: " + told));
    if (outcome.times().isEmpty()) {
      missing(name, "no search was answered", pace);
      return Optional.empty();
    }
    return Optional.of(new Millis(outcome.times()));
  }
}
