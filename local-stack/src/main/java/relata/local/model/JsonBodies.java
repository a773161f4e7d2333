package relata.local.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads and writes the bodies of requests, bounded. */
final class JsonBodies {

  private final ObjectMapper mapper =
      JsonMapper.builder().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).build();
  private final int maxBytes;

  JsonBodies(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The request's JSON object. As in Ollama its content type does not matter. */
  ObjectNode read(HttpExchange exchange) throws IOException, Refusal {
    byte[] bytes = exchange.getRequestBody().readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      discard(exchange);
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
      case Reply.Text text ->
          send(
              exchange,
              text.status(),
              "text/plain; charset=utf-8",
              text.body().getBytes(StandardCharsets.UTF_8));
      case Reply.Lines lines -> stream(exchange, lines);
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

  private void stream(HttpExchange exchange, Reply.Lines lines) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (Object line : lines.bodies()) {
      mapper.writeValue(out, line);
      out.write('\n');
      out.flush();
    }
  }
}
