package relata.worker.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * An Ollama that does what a test says. Unless told otherwise it answers a vector of {@value
 * #DIMENSION} components that depends on the text alone.
 */
@Singleton
public final class FakeOllama {
  public static final int DIMENSION = 8;

  /** What it answers to a call. */
  public record Reply(int status, Map<String, String> headers, String body) {
    public static Reply error(int status, String message) {
      return new Reply(status, Map.of(), new JsonObject().put("error", message).encode());
    }

    public static Reply json(String body) {
      return new Reply(200, Map.of(), body);
    }
  }

  /** A call; its thread may be held up. */
  public record Call(String model, List<String> inputs, JsonObject request) {}

  /** How a call is answered. */
  @FunctionalInterface
  public interface Script {
    Reply answer(Call call) throws InterruptedException;
  }

  private final int port;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile Script script = call -> vectors(call.inputs());
  private HttpServer server;

  FakeOllama(@ConfigProperty(name = "relata.test.ollama-port") int port) {
    this.port = port;
  }

  void start(@Observes @Priority(1) StartupEvent event) throws IOException {
    up();
  }

  void stop(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
    down();
  }

  /** Answers as usual and has been asked nothing. */
  public void reset() {
    script = call -> vectors(call.inputs());
    calls.clear();
  }

  public void answer(Script script) {
    this.script = script;
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Every text that it was sent. */
  public List<String> inputs() {
    return calls.stream().flatMap(call -> call.inputs().stream()).toList();
  }

  public void up() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.createContext("/api/embed", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public void down() {
    server.stop(0);
  }

  public static Reply vectors(List<String> inputs) {
    JsonArray embeddings = new JsonArray();
    inputs.forEach(input -> embeddings.add(new JsonArray(vector(input))));
    return Reply.json(new JsonObject().put("embeddings", embeddings).encode());
  }

  /** The components for a text: none is zero. */
  public static List<Float> vector(String input) {
    long seed = 1125899906842597L;
    for (int i = 0; i < input.length(); i++) {
      seed = 31 * seed + input.charAt(i);
    }
    java.util.Random random = new java.util.Random(seed);
    return random.doubles(DIMENSION, 0.1, 1).mapToObj(value -> (float) value).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonObject request =
          new JsonObject(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      List<String> inputs = request.getJsonArray("input").stream().map(String::valueOf).toList();
      Call call = new Call(request.getString("model"), inputs, request);
      calls.add(call);
      Reply reply = script.answer(call);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(reply.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
