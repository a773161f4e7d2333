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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that ends while others hold connections to it. */
final class GatewayStopIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Seconds; requests that nobody set a time for have 10. */
  private static final int LONGER_THAN_USUAL = 12;

  private static final String NOTES = "notes";

  /** Lines of one transaction. */
  private static final int BATCH = 100;

  @TempDir Path folder;

  /** Whoever keeps a connection is told to make the next one elsewhere. */
  @Test
  void aGatewayThatIsToldToStopSendsItsConnectionsAway() throws Exception {
    try (ApiReplicas gateway = replicas(1, "60s");
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

  /** As in a cluster: see {@code k8s/base/api-service.yaml}. */
  @Test
  void anImportIsWaitedForLongerThanOtherRequests() throws Exception {
    try (ApiReplicas gateway = replicas(2, "60s");
        Import load = runningImport(gateway)) {
      gateway.terminate(0);
      for (int second = 1; second <= LONGER_THAN_USUAL; second++) {
        Thread.sleep(1_000);
        load.writeLine();
      }
      String answer = load.end();
      assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
      assertEquals(load.lines(), count(answer, "created"), answer);
    }
  }

  @Test
  void anImportThatIsNotThroughIsToldItsLineAndGoesOnElsewhere() throws Exception {
    try (ApiReplicas gateway = replicas(2, "30s");
        Import load = runningImport(gateway)) {
      gateway.terminate(0);
      long told = System.nanoTime();
      while (!load.isAnswered()) {
        Thread.sleep(50);
        load.writeLine();
      }
      Duration went = Duration.ofNanos(System.nanoTime() - told);
      String answer = load.answer();
      assertTrue(answer.startsWith("HTTP/1.1 503"), answer);
      assertTrue(answer.contains("import-stopped"), answer);
      // A third of its time was left.
      assertTrue(went.toSeconds() >= 18 && went.toSeconds() < 30, went + " " + answer);
      Api other = new Api(gateway.urls().getLast());
      int stored = other.status(NOTES).getInt("documents");
      assertTrue(answer.contains("\"line\":" + (stored + 1)), stored + " " + answer);

      try (Import again = Import.begin(other.url())) {
        while (again.lines() < load.lines()) {
          again.writeLine();
        }
        String finished = again.end();
        assertEquals(stored, count(finished, "unchanged"), finished);
        assertEquals(load.lines() - stored, count(finished, "created"), finished);
      }
    }
  }

  /** Of which each waits so long for requests. */
  private ApiReplicas replicas(int count, String requests) {
    return ApiReplicas.start(
        folder, count, Map.of("RELATA_ACCESS_OPEN", "true", "RELATA_SHUTDOWN_TIMEOUT", requests));
  }

  /** At the first of them, which has stored a part of it. */
  private static Import runningImport(ApiReplicas gateway) throws IOException {
    Api other = new Api(gateway.urls().getLast());
    other.createCollection(NOTES);
    Import load = Import.begin(gateway.urls().getFirst());
    while (load.lines() <= BATCH) {
      load.writeLine();
    }
    await().atMost(LIMIT).until(() -> other.status(NOTES).getInt("documents") == BATCH);
    return load;
  }

  private static int count(String answer, String outcome) {
    return answer.split("\"%s\"".formatted(outcome), -1).length - 1;
  }

  /** An import whose lines are written one by one. */
  private record Import(Socket socket, AtomicInteger written) implements AutoCloseable {
    static Import begin(String url) throws IOException {
      Socket socket = connection(url);
      write(
          socket,
          "POST /v1/collections/notes/documents:bulk HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
              + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
      return new Import(socket, new AtomicInteger());
    }

    int lines() {
      return written.get();
    }

    void writeLine() throws IOException {
      String line =
          "{\"id\":\"%d\",\"title\":\"t\",\"body\":\"b\"}\n".formatted(written.getAndIncrement());
      write(socket, Integer.toHexString(line.length()) + "\r\n" + line + "\r\n");
    }

    boolean isAnswered() throws IOException {
      return socket.getInputStream().available() > 0;
    }

    String end() throws IOException {
      write(socket, "0\r\n\r\n");
      return answer();
    }

    /** All of it, to the end of the connection. */
    String answer() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static Socket connection(String url) throws IOException {
    URI address = URI.create(url);
    Socket socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout((int) LIMIT.toMillis());
    return socket;
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
