package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relata.local.client.RelataClient;
import relata.system.running.SharedStack.Running;

/** What can be seen of an import while it is under way. */
@ExtendWith(SharedStack.class)
final class ProgressIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 120;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Running running;

  @BeforeAll
  static void use(Running shared) {
    running = shared;
  }

  @Test
  void liveProgressOfAnImportEndsWithNothingPending() throws Exception {
    running.api().createCollection("progress");
    List<JsonNode> seen = new CopyOnWriteArrayList<>();
    HttpClient client = HttpClient.newHttpClient();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(running.api().url() + "/v1/collections/progress/events"))
              .header("Accept", "text/event-stream")
              .build();
      HttpResponse<Stream<String>> answer =
          client.send(request, HttpResponse.BodyHandlers.ofLines());
      assertEquals(200, answer.statusCode());
      Thread.ofVirtual().start(() -> read(answer.body(), seen));
      Awaitility.await().atMost(LIMIT).until(() -> !seen.isEmpty());
      assertEquals(0, seen.getFirst().path("documents").asInt(), seen::toString);

      // However long the pauses between looks are, one falls into the time that something is left.
      ModelProxy.Hold hold = running.model().holdBack("ferry that waits");
      String _ = running.api().put("progress", "held", "Held", "A ferry that waits.");
      int documents = 1 + importDocuments();
      Awaitility.await()
          .atMost(LIMIT)
          .until(seen::getLast, last -> last.path("pendingCount").asInt() > 0);
      hold.letGo();
      Awaitility.await()
          .atMost(LIMIT)
          .until(
              seen::getLast,
              last ->
                  last.path("documents").asInt() == documents
                      && last.path("pendingCount").asInt() == 0
                      && last.path("linked").asInt() == documents);
      assertEquals(1.0, seen.getLast().path("coverage").asDouble());
    } finally {
      client.shutdownNow();
    }
  }

  private static int importDocuments() throws IOException {
    try (RelataClient client = new RelataClient(running.api().url())) {
      return (int) Corpus.abstracts("progress", DOCUMENTS).importInto(client).created();
    }
  }

  private static void read(Stream<String> lines, List<JsonNode> seen) {
    try {
      lines
          .filter(line -> line.startsWith("data:"))
          .forEach(line -> seen.add(parse(line.substring("data:".length()))));
    } catch (UncheckedIOException over) {
      // The client was shut down, which is how the test ends it.
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException broken) {
      throw new IllegalStateException(json, broken);
    }
  }
}
