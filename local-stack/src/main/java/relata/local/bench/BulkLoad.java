package relata.local.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Writes documents by the bulk endpoint, some requests at a time. */
final class BulkLoad {
  /** Two keep api-service at work while one waits for its answer. */
  private static final int REQUESTS = 2;

  private static final int LINES = 500;

  private BulkLoad() {}

  /**
   * When the load began, and how long the writes took.
   *
   * @param start just before the first request
   */
  record Written(Instant start, Duration took) {}

  /**
   * Imports documents 0 to {@code documents} - 1 into a new collection.
   *
   * @param line the line of each
   */
  static Written run(BenchStack stack, String collection, int documents, IntFunction<String> line)
      throws InterruptedException, ExecutionException {
    stack.client().ensureCollection(collection);
    AtomicInteger next = new AtomicInteger();
    Instant start = Instant.now();
    try (ExecutorService executor = Executors.newFixedThreadPool(REQUESTS)) {
      List<Future<?>> requests = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        requests.add(executor.submit(() -> send(stack, collection, next, documents, line)));
      }
      for (Future<?> request : requests) {
        request.get();
      }
    }
    return new Written(start, Duration.between(start, Instant.now()));
  }

  private static void send(
      BenchStack stack,
      String collection,
      AtomicInteger next,
      int documents,
      IntFunction<String> line) {
    for (int from = next.getAndAdd(LINES); from < documents; from = next.getAndAdd(LINES)) {
      List<String> lines =
          IntStream.range(from, Math.min(from + LINES, documents)).mapToObj(line).toList();
      stack
          .client()
          .bulk(collection, lines)
          .forEach(
              answer -> {
                if (!answer.outcome().equals("created")) {
                  throw new IllegalStateException(
                      "A line was %s: %s".formatted(answer.outcome(), answer.detail()));
                }
              });
    }
  }
}
