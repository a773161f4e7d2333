package relata.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Hybrid searches over HTTP at a steady pace, of texts whose vectors the worker remembers: alone,
 * and while documents arrive. A search's time counts from when it was due, so that one that had to
 * wait for the client or for those before it is not taken for a fast one.
 */
final class HttpRun {
  private static final int SEARCHES_PER_SECOND = 200;
  private static final int TEXTS = 200;
  private static final int HITS = 10;
  private static final int ARRIVING_PER_SECOND = 200;

  /** Documents of one request: as imports bring them, and little work for this client. */
  private static final int ARRIVING_AT_ONCE = 10;

  private HttpRun() {}

  static void measure(LinkedCollection loaded, Duration time, BenchReport report)
      throws SQLException, InterruptedException, ExecutionException {
    BenchStack stack = loaded.stack();
    stack.say("Warming up searches.");
    // Processes that have not searched before would be left behind by the full pace, and go on
    // compiling for half a minute.
    for (int pace = SEARCHES_PER_SECOND / 8; pace < SEARCHES_PER_SECOND; pace *= 2) {
      search(loaded, pace, time.dividedBy(4));
    }
    search(loaded, SEARCHES_PER_SECOND, time);
    stack.say("%d searches a second for %d s.".formatted(SEARCHES_PER_SECOND, time.toSeconds()));
    CpuSplit cpu = CpuSplit.start(stack);
    Millis alone = search(loaded, SEARCHES_PER_SECOND, time);
    report.figure("http.p50", alone.percentile(0.5), "ms");
    report.figure("http.p99", alone.percentile(0.99), "ms", new Bar.AtMost(15));
    cpu.print(report, "http", alone.count());

    stack.say("The same while %d documents a second arrive.".formatted(ARRIVING_PER_SECOND));
    cpu = CpuSplit.start(stack);
    long before = stack.links().linked(loaded.generation());
    Millis beside;
    int arrived;
    try (ExecutorService arriving = Executors.newSingleThreadExecutor()) {
      Callable<Integer> arrivals = () -> arrive(loaded, time);
      Future<Integer> written = arriving.submit(arrivals);
      beside = search(loaded, SEARCHES_PER_SECOND, time);
      arrived = written.get();
    }
    double linked = stack.links().linked(loaded.generation()) - before;
    report.figure("http.arriving.p50", beside.percentile(0.5), "ms");
    report.figure("http.arriving.p99", beside.percentile(0.99), "ms");
    report.figure(
        "http.arriving",
        beside.percentile(0.99) / alone.percentile(0.99),
        "times",
        new Bar.AtMost(2));
    report.figure("http.arriving.linked", linked / arrived, "share");
    cpu.print(report, "http beside arrivals", beside.count());
  }

  private static Millis search(LinkedCollection loaded, int perSecond, Duration time)
      throws InterruptedException {
    Queue<Double> times = new ConcurrentLinkedQueue<>();
    Pace.keep(
        perSecond,
        time,
        (number, due) -> {
          JsonNode answer =
              loaded
                  .stack()
                  .client()
                  .search(LinkedCollection.NAME, text(number % TEXTS), "hybrid", HITS);
          times.add((System.nanoTime() - due) / 1e6);
          if (!answer.path("semanticAvailable").asBoolean() || answer.path("hits").size() != HITS) {
            throw new IllegalStateException(
                "%d hits, notice: %s"
                    .formatted(answer.path("hits").size(), answer.path("notice").asText()));
          }
        });
    return new Millis(times);
  }

  /** Words that documents have, and one number that few have. */
  private static String text(int number) {
    return "the ferry at the old harbour, report %d".formatted(number * 31);
  }

  /** Writes new documents; their number. */
  private static int arrive(LinkedCollection loaded, Duration time) throws InterruptedException {
    int requests =
        Pace.keep(
            ARRIVING_PER_SECOND / ARRIVING_AT_ONCE,
            time,
            (number, due) -> {
              int from = loaded.documents() + number * ARRIVING_AT_ONCE;
              List<String> lines =
                  IntStream.range(from, from + ARRIVING_AT_ONCE)
                      .mapToObj(LinkedCollection.CORPUS::line)
                      .toList();
              var unused = loaded.stack().client().bulk(LinkedCollection.NAME, lines);
            });
    return requests * ARRIVING_AT_ONCE;
  }
}
