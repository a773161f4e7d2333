package relata.api.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;

/**
 * Stands where graph-service would, over real HTTP: answers each path with what a test put there,
 * with 404 where it put nothing.
 */
public final class GraphServiceFake implements QuarkusTestResourceLifecycleManager {
  private static final String LIMIT_MILLIS = "20000";
  private static final Map<String, Reply> REPLIES = new ConcurrentHashMap<>();
  private static final Map<String, String> REQUESTS = new ConcurrentHashMap<>();
  private static final Map<String, Sending> SENDINGS = new ConcurrentHashMap<>();
  private static final Map<String, Integer> LEAVINGS = new ConcurrentHashMap<>();
  private static final Phaser HELD = new Phaser(1);

  private HttpServer server;

  /**
   * What a path answers.
   *
   * @param status 0 to not answer before {@link #letGo}
   */
  public record Reply(int status, String body) {}

  /** How far the last answer to a path has come. */
  public enum Sending {
    UNDER_WAY,
    SENT,
    BROKEN_OFF
  }

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
    // Who is in the same process answers late while the machine is busy.
    return Map.of(
        "RELATA_GRAPH_URL",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "quarkus.rest-client.graph-service.connect-timeout",
        LIMIT_MILLIS,
        "quarkus.rest-client.graph-service.read-timeout",
        LIMIT_MILLIS,
        "quarkus.rest-client.graph-comparisons.connect-timeout",
        LIMIT_MILLIS,
        "relata.export.connect-timeout",
        "20s");
  }

  @Override
  public void stop() {
    letGo();
    server.stop(0);
  }

  /**
   * Sets the answer to a path with its query; without one, to those that have none of their own.
   */
  public static void reply(String path, int status, String body) {
    REPLIES.put(path, new Reply(status, body));
  }

  /** Closes the connection under the next requests to a path, as one does that ends. */
  public static void leave(String path, int times) {
    LEAVINGS.put(path, times);
  }

  /** How many more requests to a path are left so. */
  public static int leaving(String path) {
    return LEAVINGS.getOrDefault(path, 0);
  }

  /** Body of the last request to a path. */
  public static String lastRequest(String path) {
    return REQUESTS.get(path);
  }

  /** How far the last answer to a path has come; null if nobody asked. */
  public static Sending sending(String path) {
    return SENDINGS.get(path);
  }

  /** Ends the requests that are not answered, with 500. */
  public static void letGo() {
    HELD.arrive();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    int held = HELD.getPhase();
    REQUESTS.put(path, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    if (leaving(path) > 0) {
      LEAVINGS.merge(path, -1, Integer::sum);
      exchange.close();
      return;
    }
    Reply reply =
        REPLIES.getOrDefault(
            path,
            REPLIES.getOrDefault(
                exchange.getRequestURI().getPath(), new Reply(404, "{\"title\":\"Not found\"}")));
    if (reply.status() == 0) {
      HELD.awaitAdvance(held);
    }
    byte[] body = reply.body().getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status() == 0 ? 500 : reply.status(), body.length);
    SENDINGS.put(path, Sending.UNDER_WAY);
    try {
      exchange.getResponseBody().write(body);
      SENDINGS.put(path, Sending.SENT);
    } catch (IOException gone) {
      SENDINGS.put(path, Sending.BROKEN_OFF);
    }
    exchange.close();
  }
}
