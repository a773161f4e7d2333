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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Stands between the workers and the real model server: passes everything on, writes down what the
 * models are asked, can hold back the answer for one text, and can be disturbed.
 */
public final class ModelProxy implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** All that a worker sends when it only wants to know whether the model answers. */
  private static final String CANARY = "ok";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> inputs = new ConcurrentLinkedQueue<>();
  private final Queue<String> prompts = new ConcurrentLinkedQueue<>();
  private final List<Disturbed> disturbances = new CopyOnWriteArrayList<>();
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

  /** The texts that were sent to be embedded so far, in the order of arrival, repeats included. */
  public List<String> inputs() {
    return new ArrayList<>(inputs);
  }

  /**
   * The prompts that were sent to be answered so far, in the order of arrival, repeats included.
   */
  public List<String> prompts() {
    return new ArrayList<>(prompts);
  }

  public void forgetInputs() {
    inputs.clear();
    prompts.clear();
  }

  /** From now on, the answer to the first request with such a text waits until it is let go. */
  public Hold holdBack(String marker) {
    hold = new Hold(marker, new CountDownLatch(1), new CountDownLatch(1));
    return hold;
  }

  /** Lasts until it is closed. */
  public Disturbed disturb(Disturbance disturbance) {
    Disturbed disturbed = new Disturbed(disturbance, new CountDownLatch(1), disturbances::remove);
    disturbances.add(disturbed);
    return disturbed;
  }

  @Override
  public void close() {
    if (hold != null) {
      hold.letGo();
    }
    disturbances.forEach(Disturbed::close);
    server.stop(0);
    // Nobody reads the answers any more, so that none is waited for.
    client.shutdownNow();
    threads.shutdownNow();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      JsonNode call = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
      note(path, call);
      for (Disturbed disturbed : disturbances) {
        if (disturbed.disturbance.meets(path, call)) {
          refuse(exchange, disturbed);
          return;
        }
      }
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
              .header("Content-Type", "application/json")
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      Hold held = hold;
      if (held != null && new String(body, StandardCharsets.UTF_8).contains(held.marker)) {
        held.reached.countDown();
        held.released.await();
      }
      reply(exchange, answer.statusCode(), changed(call, answer.body()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void note(String path, JsonNode call) {
    if (path.equals("/api/embed")) {
      JsonNode input = call.path("input");
      if (input.isArray()) {
        input.forEach(text -> note(text.asText(), inputs));
      } else {
        note(input.asText(), inputs);
      }
    } else if (path.equals("/api/generate")) {
      note(call.path("prompt").asText(), prompts);
    }
  }

  private static void note(String text, Queue<String> asked) {
    if (!text.isEmpty() && !text.equals(CANARY)) {
      asked.add(text);
    }
  }

  private static void refuse(HttpExchange exchange, Disturbed disturbed)
      throws IOException, InterruptedException {
    switch (disturbed.disturbance) {
      case Disturbance.Refusal refusal -> {
        refusal
            .retryAfter()
            .ifPresent(
                seconds -> exchange.getResponseHeaders().set("Retry-After", seconds.toString()));
        reply(exchange, refusal.status(), error(refusal.error()));
      }
      case Disturbance.Silence _ -> disturbed.over.await();
      case Disturbance.Missing(String model) ->
          reply(exchange, 404, error("model '" + model + "' not found"));
      case Disturbance.Exchange _ -> throw new IllegalStateException("meets no call");
    }
  }

  private byte[] changed(JsonNode call, byte[] answer) throws IOException {
    if (disturbances.isEmpty()) {
      return answer;
    }
    JsonNode changed = JSON.readTree(answer);
    disturbances.forEach(disturbed -> disturbed.disturbance.change(call, changed));
    return JSON.writeValueAsBytes(changed);
  }

  private static byte[] error(String message) throws IOException {
    return JSON.writeValueAsBytes(Map.of("error", message));
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Something that is wrong for as long as this is open. */
  public static final class Disturbed implements AutoCloseable {
    private final Disturbance disturbance;
    private final CountDownLatch over;
    private final Consumer<Disturbed> remove;

    private Disturbed(Disturbance disturbance, CountDownLatch over, Consumer<Disturbed> remove) {
      this.disturbance = disturbance;
      this.over = over;
      this.remove = remove;
    }

    @Override
    public void close() {
      remove.accept(this);
      over.countDown();
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

    /** Waits until the model has been asked, which a stack that works does within the limit. */
    public void awaitAsked(Duration limit) throws InterruptedException {
      if (!reached.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError("Nobody asked for '%s' within %s.".formatted(marker, limit));
      }
    }

    public void letGo() {
      released.countDown();
    }
  }
}
