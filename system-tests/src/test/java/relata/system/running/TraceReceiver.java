package relata.system.running;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector of traces: takes OTLP over HTTP, and reads of each span what tests ask for. */
final class TraceReceiver implements AutoCloseable {
  /**
   * A span.
   *
   * @param parent its parent's id; empty for the root
   * @param attributes those that are text
   * @param raw everything that was sent about it
   */
  record Span(
      String service,
      String trace,
      String id,
      String parent,
      String name,
      Map<String, String> attributes,
      String raw) {}

  // Field numbers of opentelemetry.proto.
  private static final int RESOURCE_SPANS = 1;
  private static final int RESOURCE = 1;
  private static final int SCOPE_SPANS = 2;
  private static final int SPANS = 2;
  private static final int TRACE_ID = 1;
  private static final int SPAN_ID = 2;
  private static final int PARENT_ID = 4;
  private static final int NAME = 5;
  private static final int ATTRIBUTES = 9;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int TEXT = 1;

  private static final List<String> SERVICES =
      List.of("api-service", "embedding-worker", "graph-service");

  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();

  TraceReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      read(UnknownFieldSet.parseFrom(exchange.getRequestBody()));
      exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private void read(UnknownFieldSet request) throws IOException {
    for (UnknownFieldSet resourceSpans : messages(request, RESOURCE_SPANS)) {
      String resource = text(bytes(resourceSpans, RESOURCE));
      String service = SERVICES.stream().filter(resource::contains).findFirst().orElse(resource);
      for (UnknownFieldSet scopeSpans : messages(resourceSpans, SCOPE_SPANS)) {
        for (ByteString raw : scopeSpans.getField(SPANS).getLengthDelimitedList()) {
          UnknownFieldSet span = UnknownFieldSet.parseFrom(raw);
          spans.add(
              new Span(
                  service,
                  hex(bytes(span, TRACE_ID)),
                  hex(bytes(span, SPAN_ID)),
                  hex(bytes(span, PARENT_ID)),
                  text(bytes(span, NAME)),
                  attributes(span),
                  text(raw)));
        }
      }
    }
  }

  private static Map<String, String> attributes(UnknownFieldSet span) throws IOException {
    Map<String, String> attributes = new HashMap<>();
    for (UnknownFieldSet attribute : messages(span, ATTRIBUTES)) {
      UnknownFieldSet value = messages(attribute, VALUE).getFirst();
      if (value.hasField(TEXT)) {
        attributes.put(text(bytes(attribute, KEY)), text(bytes(value, TEXT)));
      }
    }
    return Map.copyOf(attributes);
  }

  private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field)
      throws IOException {
    List<UnknownFieldSet> messages = new CopyOnWriteArrayList<>();
    for (ByteString raw : message.getField(field).getLengthDelimitedList()) {
      messages.add(UnknownFieldSet.parseFrom(raw));
    }
    return messages;
  }

  private static ByteString bytes(UnknownFieldSet message, int field) {
    List<ByteString> values = message.getField(field).getLengthDelimitedList();
    return values.isEmpty() ? ByteString.EMPTY : values.getFirst();
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static String text(ByteString bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
