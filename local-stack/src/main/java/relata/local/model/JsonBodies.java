package relata.local.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads and writes the bodies of requests, bounded. */
final class JsonBodies {

  /** Bounds what a body becomes in memory: many small values take far more than their text. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder().maxTokenCount(100_000).maxNestingDepth(64).build();

  private final ObjectMapper mapper =
      JsonMapper.builder(JsonFactory.builder().streamReadConstraints(LIMITS).build())
          .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
          .build();
  private static final int BUFFER = 64 << 10;

  private final int maxBytes;

  JsonBodies(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * How many bytes a request's body has at most: what it says, or the limit if it does not say.
   *
   * @throws Refusal if it says more than the limit
   */
  int announced(HttpExchange exchange) throws Refusal {
    String header = exchange.getRequestHeaders().getFirst("Content-Length");
    if (header == null) {
      return maxBytes;
    }
    // The server has read it as a number before, to know where the body ends.
    long length = Long.parseLong(header.strip());
    if (length > maxBytes) {
      throw Refusal.bodyTooLarge();
    }
    return (int) length;
  }

  /** The request's JSON object. As in Ollama its content type does not matter. */
  ObjectNode read(HttpExchange exchange) throws IOException, Refusal {
    byte[] bytes = exchange.getRequestBody().readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw Refusal.bodyTooLarge();
    }
    if (bytes.length == 0) {
      throw Refusal.badRequest("missing request body");
    }
    try {
      JsonNode body = mapper.readTree(bytes);
      if (body instanceof ObjectNode object) {
        return object;
      }
    } catch (StreamConstraintsException e) {
      throw Refusal.badRequest("the request body has too many values or is nested too deeply");
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest(
          "invalid JSON at line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
    throw Refusal.badRequest("the request body must be a JSON object");
  }

  /**
   * Reads on without keeping anything, so that a client that is still sending gets its answer
   * instead of a reset connection; a client that sends more than the limit again is cut off.
   */
  void discard(HttpExchange exchange) throws IOException {
    InputStream body = exchange.getRequestBody();
    byte[] buffer = new byte[8_192];
    long left = maxBytes;
    int read = 0;
    while (left > 0 && (read = body.read(buffer)) >= 0) {
      left -= read;
    }
  }

  void write(HttpExchange exchange, Reply reply) throws IOException {
    switch (reply) {
      case Reply.Json json ->
          send(
              exchange,
              json.status(),
              "application/json; charset=utf-8",
              mapper.writeValueAsBytes(json.body()));
      case Reply.Written written ->
          send(exchange, 200, "application/json; charset=utf-8", written.body());
      case Reply.Text text ->
          send(
              exchange,
              text.status(),
              "text/plain; charset=utf-8",
              text.body().getBytes(StandardCharsets.UTF_8));
      case Reply.Large large -> {
        // An answer of many vectors is larger as text than as numbers: never hold both.
        OutputStream out =
            new BufferedOutputStream(begin(exchange, "application/json; charset=utf-8"), BUFFER);
        mapper.writeValue(out, large.body());
        out.flush();
      }
      case Reply.Lines lines -> {
        OutputStream out = begin(exchange, "application/x-ndjson");
        for (Object line : lines.bodies()) {
          mapper.writeValue(out, line);
          out.write('\n');
          out.flush();
        }
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static OutputStream begin(HttpExchange exchange, String type) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }
}
