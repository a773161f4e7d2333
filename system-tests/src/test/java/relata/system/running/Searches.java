package relata.system.running;

import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Some clients that search all the time, each time for other words, whatever they are answered. */
final class Searches implements AutoCloseable {
  private static final int CLIENTS = 3;
  private static final long PAUSE_MILLIS = 50;
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final List<Thread> threads;
  private volatile boolean isOver;

  Searches(String url, String collection) {
    threads =
        IntStream.range(0, CLIENTS)
            .mapToObj(
                client -> Thread.ofPlatform().daemon().start(() -> run(url, collection, client)))
            .toList();
  }

  @Override
  public void close() throws InterruptedException {
    isOver = true;
    for (Thread thread : threads) {
      if (!thread.join(LIMIT)) {
        throw new AssertionError("a search still waits");
      }
    }
  }

  private void run(String url, String collection, int client) {
    for (int i = 0; !isOver; i++) {
      Response _ =
          Api.json(url)
              .body(Map.of("text", "number " + i + " of client " + client, "mode", "hybrid"))
              .post("/v1/collections/{c}/search", collection);
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException stopped) {
        return;
      }
    }
  }
}
