package relata.api.progress;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Listens to server-sent events from its making on, as a browser would. */
final class EventStream implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Received> events = new CopyOnWriteArrayList<>();
  private final List<String> raw = new CopyOnWriteArrayList<>();
  private final Stream<String> lines;
  private final CompletableFuture<Void> ended;

  EventStream(URI address) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response =
        client.send(
            HttpRequest.newBuilder(address).header("Accept", "text/event-stream").build(),
            HttpResponse.BodyHandlers.ofLines());
    lines = response.body();
    ended = CompletableFuture.runAsync(this::read, Thread.ofVirtual()::start);
  }

  /** An event; what it does not have is empty. */
  record Received(String name, String id, String data, String comment) {}

  /** What came so far. */
  List<Received> events() {
    return events;
  }

  /** The lines that came so far, as they are. */
  List<String> raw() {
    return raw;
  }

  boolean hasEnded() {
    return ended.isDone();
  }

  @Override
  public void close() {
    lines.close();
    client.shutdownNow();
  }

  private void read() {
    List<String> block = new ArrayList<>();
    lines.forEach(
        line -> {
          raw.add(line);
          if (line.isEmpty() && !block.isEmpty()) {
            events.add(received(block));
            block.clear();
          } else if (!line.isEmpty()) {
            block.add(line);
          }
        });
  }

  private static Received received(List<String> block) {
    return new Received(
        field(block, "event"), field(block, "id"), field(block, "data"), field(block, ""));
  }

  private static String field(List<String> block, String name) {
    return block.stream()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
