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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
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
  private final List<Call> prompts = new CopyOnWriteArrayList<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final Set<String> loaded = new ConcurrentSkipListSet<>();
  private volatile Script script = call -> vectors(call.inputs());
  private volatile Script writing = FakeOllama::words;
  private volatile Script loading = _ -> text("");
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
    writing = FakeOllama::words;
    loading = _ -> text("");
    calls.clear();
    prompts.clear();
    digests.clear();
    loaded.clear();
  }

  public void answer(Script script) {
    this.script = script;
  }

  /** Vectors wait until they are let go. */
  public HeldAnswer holdVectors() {
    HeldAnswer held = new HeldAnswer(call -> vectors(call.inputs()));
    script = held;
    return held;
  }

  /** The answers to prompts wait until they are let go. */
  public HeldAnswer holdWords(String words) {
    HeldAnswer held = new HeldAnswer(_ -> text(words));
    writing = held;
    return held;
  }

  /** How prompts are answered; the prompt is the only input of the call. */
  public void write(Script writing) {
    this.writing = writing;
  }

  /** What happens before a model is in memory that is loaded without a prompt. */
  public void load(Script loading) {
    this.loading = loading;
  }

  /** Lists a model with a digest; unless told so it lists none. */
  public void list(String model, String digest) {
    digests.put(full(model), digest);
  }

  /** The full names of the listed models that are in its memory. */
  public Set<String> loaded() {
    return Set.copyOf(loaded);
  }

  /** The calls that asked for text. */
  public List<Call> prompts() {
    return List.copyOf(prompts);
  }

  public List<Call> calls() {
    return List.copyOf(calls);
  }

  /** Every text that it was sent. */
  public List<String> inputs() {
    return calls.stream().flatMap(call -> call.inputs().stream()).toList();
  }

  public void up() throws IOException {
    // Vert.x looks for its JSON codec once, by the class loader of the thread that needs it first,
    // which must not be one of the server's own.
    new JsonObject().encode();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 50);
    server.createContext("/api/embed", this::embed);
    server.createContext("/api/generate", this::generate);
    server.createContext("/api/tags", exchange -> list(exchange, digests.keySet()));
    server.createContext("/api/ps", exchange -> list(exchange, loaded));
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

  /** A model's words. */
  public static Reply text(String words) {
    return Reply.json(new JsonObject().put("response", words).put("done_reason", "stop").encode());
  }

  private static Reply words(Call call) {
    return text("Words of " + call.model() + " about " + call.inputs().getFirst().hashCode() + ".");
  }

  private void embed(HttpExchange exchange) throws IOException {
    JsonObject request = request(exchange);
    List<String> inputs = request.getJsonArray("input").stream().map(String::valueOf).toList();
    Call call = new Call(request.getString("model"), inputs, request);
    calls.add(call);
    if (digests.containsKey(full(call.model()))) {
      loaded.add(full(call.model()));
    }
    answer(exchange, script, call);
  }

  /** A model whose name begins with "embed" writes no text. */
  private void generate(HttpExchange exchange) throws IOException {
    JsonObject request = request(exchange);
    Call call = new Call(request.getString("model"), List.of(request.getString("prompt")), request);
    if (call.inputs().getFirst().isEmpty()) {
      answer(exchange, this::load, call);
    } else {
      prompts.add(call);
      answer(exchange, writing, call);
    }
  }

  private Reply load(Call call) throws InterruptedException {
    if (call.request().getString("keep_alive").equals("0s")) {
      loaded.remove(full(call.model()));
    } else if (call.model().startsWith("embed")) {
      return Reply.error(400, call.model() + " does not support generate");
    } else {
      Reply reply = loading.answer(call);
      loaded.add(full(call.model()));
      return reply;
    }
    return text("");
  }

  private void list(HttpExchange exchange, Set<String> names) throws IOException {
    JsonArray models = new JsonArray();
    names.forEach(
        name ->
            models.add(
                new JsonObject()
                    .put("name", name)
                    .put("digest", digests.get(name))
                    .put("size", 1000)
                    .put("size_vram", 800)));
    answer(exchange, _ -> Reply.json(new JsonObject().put("models", models).encode()), null);
  }

  private static String full(String model) {
    return model.contains(":") ? model : model + ":latest";
  }

  private static JsonObject request(HttpExchange exchange) throws IOException {
    return new JsonObject(
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, Script script, Call call) throws IOException {
    try (exchange) {
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
