package relata.system.running;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.system.running.TraceReceiver.Span;

/** What a collector gets, with the settings of {@code k8s/components/tracing} and all traces. */
final class OneTraceIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHER_TRACE = "4bf92f3577b34da6a3ce929d0e0e4737";

  /** Everything that is nobody's business has it, and nothing else has. */
  private static final String SECRET = "zyxwvut";

  @TempDir static Path data;

  private static TraceReceiver traces;
  private static RelataStack stack;

  @BeforeAll
  static void start() {
    traces = new TraceReceiver();
    StackOptions options =
        Patience.with(StackOptions.in(data))
            .withReplicas(1, 1)
            // What a sweep finds has no trace.
            .withEnvironment(Part.WORKER, "RELATA_SWEEP_EVERY", "1h")
            .withEnvironment(Part.WORKER, "RELATA_CLAIM_BACKOFF", "1s");
    for (Part part : List.of(Part.API, Part.WORKER, Part.GRAPH)) {
      options =
          options
              .withEnvironment(part, "RELATA_TRACES_DISABLED", "false")
              .withEnvironment(part, "RELATA_TRACES_RATIO", "1")
              .withEnvironment(part, "RELATA_TRACES_ENDPOINT", traces.url())
              .withEnvironment(part, "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
    }
    stack = RelataStack.start(options, System.out::println);
  }

  @AfterAll
  static void stop() {
    stopServices();
    traces.close();
  }

  /** Each hands over the spans that it still has. */
  private static void stopServices() {
    if (stack != null) {
      stack.close();
      stack = null;
    }
  }

  @Test
  void fromTheWriteToTheStoredEdgesIsOneTrace() {
    Api api = new Api(stack.url());
    String collection = "traced";
    api.createCollection(collection, Map.of("describe", Map.of("model", "extract")));
    // A worker that starts looks for what is stale, and what it finds so has no trace.
    stack.workers().getFirst().awaitReady();
    api.put(collection, "before", "Title", "The body of what was there before.");
    api.awaitSettled(collection, LIMIT);

    traced(TRACE, "application/json")
        .body(content("put"))
        .put("/v1/collections/{collection}/documents/note", collection)
        .then()
        .statusCode(201);

    Span edges = awaitSpan("graph-service", "process features.changed");
    Span document = awaitSpan("embedding-worker", "process content.changed");
    Span request = awaitSpan("api-service", "PUT /v1/collections/{collection}/documents/{id}");
    assertEquals(document.id(), edges.parent());
    assertEquals(request.id(), document.parent());
    Span embed = awaitSpan("embedding-worker", "embed all-minilm");
    assertEquals(document.id(), embed.parent());
    assertEquals(document.id(), awaitSpan("embedding-worker", "store").parent());
    // By the OpenTelemetry conventions' names: whoever collects traces of models looks for these.
    assertEquals(
        Map.of(
            "gen_ai.operation.name", "embeddings",
            "gen_ai.provider.name", "ollama",
            "gen_ai.request.model", "all-minilm"),
        startingWith("gen_ai.", embed));
    assertEquals(received("content.changed.*"), startingWith("messaging.", document));
    assertEquals(received("features.changed.*"), startingWith("messaging.", edges));
    noContentIsInAnySpan(api, collection);
  }

  /** Whatever comes, also what is wrong, and what a model wrote of it. */
  private static void noContentIsInAnySpan(Api api, String collection) {
    String path = "/v1/collections/{collection}/";
    traced(OTHER_TRACE, "application/x-ndjson")
        .urlEncodingEnabled(false)
        .body(("{\"id\":\"line\"," + content("line").substring(1)).getBytes(UTF_8))
        .post(path + "documents:bulk", collection)
        .then()
        .statusCode(200);
    awaitSpan(OTHER_TRACE, "graph-service", "process features.changed");
    traced(OTHER_TRACE, "application/json")
        .body(Map.of("text", SECRET + " search", "mode", "hybrid"))
        .post(path + "search", collection)
        .then()
        .statusCode(200);
    for (String wrong : List.of("{\"title\":\"%s\",", "{\"%s\":1}", "{\"title\":{\"a\":\"%s\"}}")) {
      traced(OTHER_TRACE, "application/json")
          .body(wrong.formatted(SECRET))
          .put(path + "documents/wrong", collection)
          .then()
          .statusCode(400);
    }
    List<String> descriptions =
        Stream.of("note", "line")
            .map(id -> api.features(collection, id).getString("description.text"))
            .toList();
    descriptions.forEach(text -> assertTrue(text.contains(SECRET), text));
    stopServices();

    List<Span> spans = traces.spans();
    for (String operation :
        List.of("POST " + path + "search", "POST " + path + "documents:bulk", "describe extract")) {
      assertTrue(spans.stream().anyMatch(span -> span.name().equals(operation)), operation);
    }
    // What may be there is found, so that what is not found is not there.
    assertTrue(spans.stream().anyMatch(span -> span.raw().contains(collection + "/search")));
    assertEquals(
        List.of(),
        spans.stream()
            .filter(span -> span.raw().toLowerCase(Locale.ROOT).contains(SECRET))
            .toList());
    System.out.println(
        "content in spans: 0 of "
            + spans.stream().collect(Collectors.groupingBy(Span::service, Collectors.counting())));
  }

  /** A document's, in JSON. */
  private static String content(String of) {
    return """
        {"title":"%1$s title of %2$s","body":"The %1$s body of %2$s is nobody's business."}"""
        .formatted(SECRET, of);
  }

  private static RequestSpecification traced(String trace, String contentType) {
    return Api.json(stack.url())
        .contentType(contentType)
        .header("traceparent", "00-%s-%s-01".formatted(trace, "00f067aa0ba902b7"));
  }

  private static Map<String, String> received(String subjects) {
    return Map.of(
        "messaging.system", "nats",
        "messaging.operation.name", "process",
        "messaging.operation.type", "process",
        "messaging.destination.template", subjects);
  }

  private static Map<String, String> startingWith(String prefix, Span span) {
    Map<String, String> named = new HashMap<>(span.attributes());
    named.keySet().removeIf(name -> !name.startsWith(prefix));
    return named;
  }

  /** The one of the trace that the test began. */
  private static Span awaitSpan(String service, String name) {
    return awaitSpan(TRACE, service, name);
  }

  private static Span awaitSpan(String trace, String service, String name) {
    return await(service + ": " + name)
        .atMost(LIMIT)
        .until(
            () ->
                traces.spans().stream()
                    .filter(span -> span.trace().equals(trace))
                    .filter(span -> span.service().equals(service) && span.name().equals(name))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
