package relata.system.running;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.stack.StackPart;
import relata.system.kubernetes.ShippedLog;

/**
 * What somebody meets who operates it, with the log as it is shipped: a backfill as a Job, and its
 * orderly stop.
 */
final class OperatingIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir static Path data;
  @TempDir Path own;
  private static final Map<Part, String> SERVICES =
      Map.of(Part.API, "api-service", Part.WORKER, "embedding-worker", Part.GRAPH, "graph-service");

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  /** Said before there is a log, by the JVM itself. */
  private static final String OF_THE_JVM = "WARNING: Using incubator modules: ";

  private static TraceReceiver traces;
  private static ModelProxy model;
  private static String modelUrl;
  private static RelataStack stack;
  private static Api api;
  private static Database database;

  private String collection;

  @BeforeAll
  static void start() throws Exception {
    traces = new TraceReceiver();
    model = ModelProxy.start();
    StackOptions options =
        Patience.with(StackOptions.in(data))
            .withReplicas(1, 1)
            .withModelRoute(url -> modelUrl = model.route(url))
            // What a sweep finds has no trace.
            .withEnvironment(Part.WORKER, "RELATA_SWEEP_EVERY", "1h")
            .withEnvironment(Part.WORKER, "RELATA_CLAIM_BACKOFF", "1s");
    for (Part part : List.of(Part.API, Part.WORKER, Part.GRAPH)) {
      options =
          options
              .withEnvironment(part, "RELATA_TRACES_ENDPOINT", traces.url())
              .withEnvironment(part, "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
      for (Map.Entry<String, String> shipped :
          ShippedLog.settingsOf(SERVICES.get(part)).entrySet()) {
        options = options.withEnvironment(part, shipped.getKey(), shipped.getValue());
      }
    }
    stack = RelataStack.start(options, System.out::println);
    api = new Api(stack.url());
    database = new Database(stack.postgres());
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    model.close();
    traces.close();
    // Clients asked for it by the flag of their header, and what was left went out at the end.
    assertEquals(List.of(), traces.spans(), "as shipped, nothing is sent");
  }

  @BeforeEach
  void ownCollection(TestInfo test) {
    collection = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    api.createCollection(collection);
  }

  @AfterEach
  void stackWorks() {
    stack.workers().getFirst().start();
  }

  /** Packaged services run in the profile prod. */
  @Test
  void everyLineOfTheLogsIsJsonAndThoseOfARequestHaveItsTrace() throws Exception {
    stack.workers().getFirst().awaitReady();
    Api.json(api.url())
        .header("traceparent", "00-%s-%s-01".formatted(TRACE, "00f067aa0ba902b7"))
        .body(Map.of())
        .put("/v1/collections/{collection}/recipe?rebuild=true", collection)
        .then()
        .statusCode(202);

    awaitTracedLine(stack.api(), "generation made");
    for (StackPart service :
        List.of(stack.api(), stack.workers().getFirst(), stack.graphServices().getFirst())) {
      assertFalse(log(service).isEmpty(), service::name);
      for (JsonNode line : log(service)) {
        assertTrue(
            line.hasNonNull("timestamp") && line.hasNonNull("level") && line.hasNonNull("message"),
            line::toString);
      }
    }
  }

  /** Lines far behind a request, too, where they are about what it wrote and nothing else. */
  @Test
  void whatIsLoggedAboutOneDocumentHasTheTraceOfItsWrite() {
    awaitAtWork();
    without(
        "insert on graph.node",
        "relata_graph",
        () -> {
          putTraced("linked");
          awaitTracedLine(stack.graphServices().getFirst(), "changes failed");
        });
    without(
        "insert on feature.chunk",
        "relata_worker",
        () -> {
          putTraced("embedded");
          awaitTracedLine(stack.workers().getFirst(), "document failed unexpectedly");
        });
    api.awaitSettled(collection, LIMIT);
  }

  @Test
  void aBackfillMakesWhatIsStaleSaysHowFarItIsAndEndsWith0() throws Exception {
    stack.workers().getFirst().stop();
    putNotes(30);
    // The API's port: it would fail if it bound one.
    try (WorkerProgram backfill = program("--backfill", "--collection", collection)) {
      assertEquals(0, backfill.exitCode(), backfill::output);
      assertTrue(
          backfill
              .output()
              .matches(
                  "(?s).*backfill done=30 total=30 rate=[0-9.]+/s eta=0s failed=0 dead=0\\n.*"),
          backfill::output);
    }
    assertEquals(30, api.status(collection).getInt("ready"));
    assertEquals(0, database.number("select count(*) from feature.outbox"));
  }

  @Test
  void aBackfillThatIsToldToStopGivesBackWhatItHas() throws Exception {
    stack.workers().getFirst().stop();
    putNotes(20);
    ModelProxy.Hold hold = model.holdBack("note 19 ");
    try (WorkerProgram backfill =
        program("--backfill", "--collection", collection, "--batch", "5")) {
      hold.awaitAsked(LIMIT);
      backfill.terminate();
      assertEquals(143, backfill.exitCode(), backfill::output);
    } finally {
      hold.letGo();
    }
    assertEquals(0, held());
  }

  @Test
  void whoeverAsksForNonsenseIsToldHowToAsk() throws Exception {
    try (WorkerProgram wrong = program("--backfill", "--rate", "fast")) {
      assertEquals(64, wrong.exitCode());
      assertTrue(wrong.output().contains("--rate fast is no number"), wrong::output);
      assertTrue(wrong.output().contains("Usage:"), wrong::output);
    }
    try (WorkerProgram help = program("--help")) {
      assertEquals(0, help.exitCode());
      assertTrue(help.output().contains("--collection NAME"), help::output);
    }
    try (WorkerProgram nowhere = program("--backfill", "--collection", "nowhere")) {
      assertEquals(64, nowhere.exitCode(), nowhere::output);
      assertTrue(nowhere.output().contains("no collection \"nowhere\""), nowhere::output);
    }
  }

  @Test
  void aWorkerThatIsToldToStopFinishesWhatItHasAndEndsWith0() throws Exception {
    stack.workers().getFirst().stop();
    try (WorkerProgram worker = WorkerProgram.start(stack, modelUrl, 0, own.resolve("worker"))) {
      ModelProxy.Hold hold = model.holdBack("note 0 ");
      putNotes(1);
      hold.awaitAsked(LIMIT);
      worker.terminate();
      await().atMost(LIMIT).until(() -> worker.output().contains("stopping"));
      hold.letGo();
      assertEquals(0, worker.exitCode(), worker::output);
    }
    assertEquals(0, held());
    assertEquals(1, api.status(collection).getInt("ready"));
  }

  /** A worker that starts looks for what is stale, and what it finds so has no trace. */
  private void awaitAtWork() {
    stack.workers().getFirst().awaitReady();
    api.put(collection, "before", "Title", "The body of what was there before.");
    api.awaitSettled(collection, LIMIT);
  }

  /** A service may not do something meanwhile that it has to. */
  private static void without(String right, String role, Runnable meanwhile) {
    database.update("revoke %s from %s".formatted(right, role));
    try {
      meanwhile.run();
    } finally {
      database.update("grant %s to %s".formatted(right, role));
    }
  }

  private void putTraced(String id) {
    Api.json(api.url())
        .header("traceparent", "00-%s-%s-01".formatted(TRACE, "00f067aa0ba902b7"))
        .body(Map.of("title", "Title", "body", "The body of " + id + "."))
        .put("/v1/collections/{collection}/documents/{id}", collection, id)
        .then()
        .statusCode(201);
  }

  private WorkerProgram program(String... arguments) {
    return WorkerProgram.start(
        stack, modelUrl, URI.create(stack.url()).getPort(), own.resolve("output"), arguments);
  }

  private void putNotes(int count) {
    for (int i = 0; i < count; i++) {
      api.put(collection, "note-" + i, "Title " + i, "In note " + i + " of " + collection + ".");
    }
  }

  /** All whole lines. */
  private static List<JsonNode> log(StackPart service) throws IOException {
    ObjectMapper json = new ObjectMapper();
    String text = Files.readString(service.logFile());
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      if (!line.startsWith(OF_THE_JVM)) {
        lines.add(json.readTree(line));
      }
    }
    return lines;
  }

  private static void awaitTracedLine(StackPart service, String message) {
    await(message + " in " + service.logFile())
        .atMost(LIMIT)
        .until(
            () ->
                log(service).stream()
                    .filter(line -> line.at("/mdc/traceId").asText().equals(TRACE))
                    .anyMatch(line -> line.path("message").asText().contains(message)));
  }

  private static long held() {
    return database.number(
        "select count(*) from feature.document_state"
            + " where state = 'processing' and lease_until > now()");
  }
}
