package relata.system.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between the workers and the real model server: passes everything on, writes down each text
 * that is to be embedded, and can hold back the answer for one.
 */
public final class ModelProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All that a worker sends when it only wants to know whether the model answers. */
  private static final String CANARY = "ok";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> inputs = new ConcurrentLinkedQueue<>();
  private volatile String target;
  private volatile Hold hold;

  private ModelProxy(HttpServer server) {
    this.server = server;
  }

  /** Starts on a free port; {@link #route} tells it where to. */
  public static ModelProxy start() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      ModelProxy proxy = new ModelProxy(HttpServer.create(address, 0));
      proxy.server.createContext("/", proxy::pass);
      proxy.server.setExecutor(proxy.threads);
      proxy.server.start();
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Takes the model server's URL and gives the one to hand to the workers. */
  public String route(String modelUrl) {
    target = modelUrl;
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The texts that were sent to the model so far, in the order of arrival, repeats included. */
  public List<String> inputs() {
    return new ArrayList<>(inputs);
  }

  public void forgetInputs() {
    inputs.clear();
  }

  /** From now on, the answer to the first request with such a text waits until it is let go. */
  public Hold holdBack(String marker) {
    hold = new Hold(marker, new CountDownLatch(1), new CountDownLatch(1));
    return hold;
  }

  @Override
  public void close() {
    if (hold != null) {
      hold.letGo();
    }
    server.stop(0);
    threads.close();
    client.close();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (exchange.getRequestURI().getPath().equals("/api/embed")) {
        note(JSON.readTree(body).path("input"));
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
              .header("Content-Type", "application/json")
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Hold held = hold;
      if (held != null && new String(body, "UTF-8").contains(held.marker)) {
        held.reached.countDown();
        held.released.await();
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(JsonNode input) {
    if (input.isArray()) {
      input.forEach(text -> note(text.asText()));
    } else if (input.isTextual()) {
      note(input.asText());
    }
  }

  private void note(String text) {
    if (!text.equals(CANARY)) {
      inputs.add(text);
    }
  }

  /** An answer that is held back. */
  public static final class Hold {
    private final String marker;
    private final CountDownLatch reached;
    private final CountDownLatch released;

    private Hold(String marker, CountDownLatch reached, CountDownLatch released) {
      this.marker = marker;
      this.reached = reached;
      this.released = released;
    }

    /** Waits until the model has been asked. */
    public void awaitAsked() throws InterruptedException {
      reached.await();
    }

    public void letGo() {
      released.countDown();
    }
  }
}
