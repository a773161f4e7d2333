package relata.system.running;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir static Path data;

  private static TraceReceiver traces;
  private static RelataStack stack;

  @BeforeAll
  static void start() {
    traces = new TraceReceiver();
    StackOptions options = StackOptions.in(data).withReplicas(1, 1);
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
    if (stack != null) {
      stack.close();
    }
    traces.close();
  }

  @Test
  void fromTheWriteToTheStoredEdgesIsOneTrace() {
    Api api = new Api(stack.url());
    String collection = "traced";
    api.createCollection(collection);
    // A worker that starts looks for what is stale, and what it finds so has no trace.
    stack.workers().getFirst().awaitReady();
    api.put(collection, "before", "Title", "The body of what was there before.");
    api.awaitSettled(collection, LIMIT);

    Api.json(api.url())
        .header("traceparent", "00-%s-%s-01".formatted(TRACE, "00f067aa0ba902b7"))
        .body(Map.of("title", "Secret title", "body", "The body is nobody's business."))
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
    assertTrue(
        traces.spans().stream()
            .noneMatch(span -> span.raw().contains("Secret") || span.raw().contains("nobody")),
        "no content in spans");
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
    return await(service + ": " + name)
        .atMost(LIMIT)
        .until(
            () ->
                traces.spans().stream()
                    .filter(span -> span.trace().equals(TRACE))
                    .filter(span -> span.service().equals(service) && span.name().equals(name))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }
}
