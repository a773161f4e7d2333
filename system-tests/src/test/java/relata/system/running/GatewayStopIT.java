package relata.system.running;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that ends while others hold connections to it. */
final class GatewayStopIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Requests that nobody set a time for have 10. */
  private static final int SECONDS = 12;

  /** Lines of one transaction. */
  private static final int BATCH = 100;

  private static final String LAST_CHUNK = "0\r\n\r\n";

  @TempDir Path folder;

  /** Whoever keeps a connection is told to make the next one elsewhere. */
  @Test
  void aGatewayThatIsToldToStopSendsItsConnectionsAway() throws Exception {
    try (ApiReplicas gateway = ApiReplicas.start(folder, 1, Map.of("RELATA_ACCESS_OPEN", "true"));
        Socket slow = connection(gateway.urls().getFirst());
        Socket kept = connection(gateway.urls().getFirst())) {
      write(
          slow,
          "POST /v1/collections HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
      assertFalse(head(kept).contains("connection: close"));
      gateway.terminate(0);
      await()
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> head(kept).contains("connection: close"));
      assertEquals(-1, kept.getInputStream().read());
    }
  }

  /** As in a cluster, where a rollout waits for it. */
  @Test
  void anImportIsWaitedForLongerThanOtherRequests() throws Exception {
    Map<String, String> settings =
        Map.of("RELATA_ACCESS_OPEN", "true", "RELATA_SHUTDOWN_TIMEOUT", "60s");
    try (ApiReplicas gateway = ApiReplicas.start(folder, 1, settings)) {
      new Api(gateway.urls().getFirst()).createCollection("notes");
      try (Socket client = importing(gateway.urls().getFirst())) {
        writeLine(client, 0);
        gateway.terminate(0);
        for (int i = 1; i <= SECONDS; i++) {
          Thread.sleep(1_000);
          writeLine(client, i);
        }
        write(client, LAST_CHUNK);
        String answer = answer(client);
        assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
        assertEquals(SECONDS + 1, count(answer, "created"), answer);
      }
    }
  }

  /** As on a laptop, where nobody waits for it. */
  @Test
  void anImportThatIsNotWaitedForIsToldSoAndGoesOnElsewhere() throws Exception {
    try (ApiReplicas gateway = ApiReplicas.start(folder, 2, Map.of("RELATA_ACCESS_OPEN", "true"))) {
      Api other = new Api(gateway.urls().getLast());
      other.createCollection("notes");
      int sent = 0;
      try (Socket client = importing(gateway.urls().getFirst())) {
        while (sent <= BATCH) {
          writeLine(client, sent++);
        }
        await().atMost(LIMIT).until(() -> other.status("notes").getInt("documents") == BATCH);
        gateway.terminate(0);
        long end = System.nanoTime() + LIMIT.toNanos();
        while (client.getInputStream().available() == 0 && System.nanoTime() < end) {
          Thread.sleep(50);
          writeLine(client, sent++);
        }
        String answer = answer(client);
        assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
        assertTrue(answer.contains("import-stopped"), answer);
      }
      try (Socket again = importing(other.url())) {
        for (int i = 0; i < sent; i++) {
          writeLine(again, i);
        }
        write(again, LAST_CHUNK);
        String answer = answer(again);
        assertEquals(BATCH, count(answer, "unchanged"), answer);
        assertEquals(sent - BATCH, count(answer, "created"), answer);
      }
    }
  }

  private static Socket connection(String url) throws IOException {
    URI address = URI.create(url);
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
  }

  private static Socket importing(String url) throws IOException {
    Socket socket = connection(url);
    write(
        socket,
        "POST /v1/collections/notes/documents:bulk HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
            + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    return socket;
  }

  private static void writeLine(Socket socket, int number) throws IOException {
    String line = "{\"id\":\"%d\",\"title\":\"t\",\"body\":\"b\"}\n".formatted(number);
    write(socket, Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
  }

  /** All of it, to the end of the connection. */
  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static int count(String answer, String outcome) {
    return answer.split("\"%s\"".formatted(outcome), -1).length - 1;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The head of an answer that has nothing else, in lower case. */
  private static String head(Socket socket) throws IOException {
    write(socket, "HEAD /v1/collections HTTP/1.1\r\nHost: a\r\n\r\n");
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString().toLowerCase(Locale.ROOT);
  }
}
