package relata.local.bulk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** An API that takes note of bulk imports, and answers what it is told to before it takes them. */
final class FakeApi implements AutoCloseable {
  record Refusal(int status, String body) {}

  private final HttpServer server;
  private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());
  private final Deque<Refusal> refusals = new ArrayDeque<>();

  FakeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/collections/notes/documents:bulk", this::bulk);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void refuseNext(int status, String body) {
    refusals.add(new Refusal(status, body));
  }

  /** The lines of each request that was taken. */
  List<List<String>> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void bulk(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Refusal refusal = refusals.poll();
    if (refusal != null) {
      exchange.getResponseHeaders().add("Retry-After", "0");
      answer(exchange, refusal.status(), refusal.body());
      return;
    }
    List<String> lines = body.lines().toList();
    requests.add(lines);
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String outcome =
          lines.get(i).contains("bad")
              ? "\"rejected\",\"error\":{\"field\":\"title\",\"detail\":\"must not be empty\"}"
              : "\"created\"";
      answers.append("{\"line\":%d,\"outcome\":%s}%n".formatted(i + 1, outcome));
    }
    answer(exchange, 200, answers.toString());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
