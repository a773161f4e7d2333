package relata.local.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverloadIT {

  private static final String TEXT = "{'model':'all-minilm','input':'a river'}";

  @Test
  void requestBeyondTheQueueIsAnsweredBusyAndTheNextOneServed() throws Exception {
    try (ModelServer server = ModelServer.start(limits(2, 1 << 20));
        Api api = new Api(server.url())) {
      try (Socket first = halfSent(server, 100);
          Socket second = halfSent(server, 100)) {
        assertTrue(first.isConnected() && second.isConnected());
        await().until(() -> embed(api).status() == 503);

        assertEquals(
            "server busy, please try again.  maximum pending requests exceeded",
            embed(api).error());
        assertEquals(200, api.get("/api/ps").status());
      }
      await().until(() -> embed(api).status() == 200);
    }
  }

  @Test
  void bodiesBeyondTheMemoryLimitAreAnsweredBusy() throws Exception {
    try (ModelServer server = ModelServer.start(limits(10, 1_000));
        Api api = new Api(server.url())) {
      try (Socket large = halfSent(server, 990)) {
        assertTrue(large.isConnected());
        await().until(() -> embed(api).status() == 503);
      }
      await().until(() -> embed(api).status() == 200);
    }
  }

  private static Api.Answer embed(Api api) throws Exception {
    return api.post("/api/embed", TEXT);
  }

  private static ModelServerConfig limits(int maxPending, int maxPendingBytes) {
    return new ModelServerConfig(
        "127.0.0.1", 0, 2, maxPending, 1_000, maxPendingBytes, 10, Duration.ofMinutes(5));
  }

  /** A request that has its place in the server and keeps it, because its body does not end. */
  private static Socket halfSent(ModelServer server, int bodyBytes) throws Exception {
    Socket socket = new Socket(server.url().getHost(), server.url().getPort());
    String head = "POST /api/embed HTTP/1.1\r\nHost: x\r\nContent-Length: " + bodyBytes;
    socket.getOutputStream().write((head + "\r\n\r\n{").getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return socket;
  }
}
