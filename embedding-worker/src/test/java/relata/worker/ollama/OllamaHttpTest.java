package relata.worker.ollama;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.worker.ollama.OllamaHttp.Answer;

class OllamaHttpTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final int MOST = 10_000;

  private final Vertx vertx = Vertx.vertx();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private OllamaHttp http;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    http =
        new OllamaHttp(
            vertx,
            "http://127.0.0.1:" + server.getAddress().getPort(),
            new OllamaConfig() {
              @Override
              public String keepAlive() {
                return "5m";
              }

              @Override
              public MemorySize maxAnswer() {
                return new MemorySize(BigInteger.valueOf(MOST));
              }
            },
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void anAnswerOfTheLongestLengthIsRead() {
    String text = "a".repeat(MOST - "{\"a\":\"\"}".length());
    server.createContext("/long", exchange -> answer(exchange, "{\"a\":\"" + text + "\"}"));
    assertEquals(new Answer.Json(new JsonObject().put("a", text)), http.get("/long", LIMIT));
  }

  @Test
  void anAnswerWithoutAnEndIsBrokenOff() throws Exception {
    CompletableFuture<Void> brokenOff = new CompletableFuture<>();
    server.createContext("/endless", exchange -> endless(exchange, brokenOff));
    Answer.Failed failed = assertInstanceOf(Answer.Failed.class, http.get("/endless", LIMIT));
    assertEquals("answer_too_long", failed.failure().code());
    brokenOff.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    exchange.sendResponseHeaders(200, body.length());
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void endless(HttpExchange exchange, CompletableFuture<Void> brokenOff) {
    byte[] blanks = new byte[1024];
    Arrays.fill(blanks, (byte) ' ');
    try {
      exchange.sendResponseHeaders(200, 0);
      while (true) {
        exchange.getResponseBody().write(blanks);
      }
    } catch (IOException closed) {
      brokenOff.complete(null);
    }
  }
}
