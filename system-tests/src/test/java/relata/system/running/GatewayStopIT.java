package relata.system.running;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

  @TempDir Path folder;

  /** Whoever keeps a connection is told to make the next one elsewhere. */
  @Test
  void aGatewayThatIsToldToStopSendsItsConnectionsAway() throws Exception {
    try (ApiReplicas gateway = ApiReplicas.start(folder, 1, Map.of("RELATA_ACCESS_OPEN", "true"));
        Socket slow = connection(gateway);
        Socket kept = connection(gateway)) {
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

  private static Socket connection(ApiReplicas gateway) throws IOException {
    URI url = URI.create(gateway.urls().getFirst());
    Socket socket = new Socket(url.getHost(), url.getPort());
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
