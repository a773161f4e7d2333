package relata.local.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Hybrid searches over HTTP at a steady pace, in turns for some texts. A search's time counts from
 * when it was due, so that one that had to wait for the client or for those before it is not taken
 * for a fast one.
 */
final class Searches implements AutoCloseable {
  private static final int TEXTS = 200;
  private static final int HITS = 10;

  private final URI base;
  private final List<byte[]> requests;
  private final ConcurrentLinkedDeque<SearchConnection> idle = new ConcurrentLinkedDeque<>();

  Searches(String base, String collection) {
    this.base = URI.create(base);
    requests =
        IntStream.range(0, TEXTS)
            .mapToObj(number -> SearchConnection.request(this.base, collection, question(number)))
            .toList();
  }

  /** Words that documents have, and one number that few have. */
  private static String question(int number) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", "the ferry at the old harbour, report %d".formatted(number * 31))
        .put("mode", "hybrid")
        .put("limit", HITS)
        .toString();
  }

  /**
   * What became of them.
   *
   * @param times of those that were answered, in milliseconds
   * @param refused what the others were told
   */
  record Outcome(List<Double> times, List<String> refused) {}

  Outcome run(int perSecond, Duration time) throws InterruptedException {
    Queue<Double> times = new ConcurrentLinkedQueue<>();
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    Pace.keep(
        perSecond,
        time,
        (number, due) -> {
          try {
            ask(requests.get(number % TEXTS));
            times.add((System.nanoTime() - due) / 1e6);
          } catch (IOException failed) {
            refused.add("" + failed.getMessage());
          }
        });
    return new Outcome(List.copyOf(times), List.copyOf(refused));
  }

  private void ask(byte[] request) throws IOException {
    SearchConnection connection = idle.poll();
    if (connection == null) {
      connection = new SearchConnection(base);
    }
    try {
      connection.ask(request, HITS);
    } catch (IOException failed) {
      connection.close();
      throw failed;
    }
    idle.push(connection);
  }

  @Override
  public void close() {
    idle.forEach(SearchConnection::close);
  }
}
