package relata.local.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the worker says of itself. */
final class WorkerMetrics {
  private static final String QUEUE = "embedding_queue_depth";
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private WorkerMetrics() {}

  /**
   * Waits until the worker has nothing queued: an event is acknowledged before its work is done.
   */
  static void awaitIdle(BenchStack stack) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(stack.worker().url() + "/q/metrics")).build();
    long deadline = System.nanoTime() + LIMIT.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (sum(http.send(request, HttpResponse.BodyHandlers.ofString()).body(), QUEUE) > 0) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("The worker's queues do not empty.");
        }
        Thread.sleep(LOOK);
      }
    }
  }

  /** Over all tags of a meter in Prometheus's format; 0 if there is none. */
  static double sum(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
