package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.stack.StackPart;
import relata.system.running.Api;

/**
 * The four images, in the place of a local stack's services, as their manifests run them. Part of
 * {@code ./relata image --check}, which says in {@code relata.images} what they are called.
 */
final class ImageIT {
  private static final String IMAGES = System.getProperty("relata.images", "");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 200;

  /** For who has nothing to wait for, however long its pod may take. */
  private static final Duration IDLE = Duration.ofSeconds(20);

  /** Ended by itself, or by the signal after what it does then. */
  private static final Set<Integer> ORDERLY = Set.of(0, 143);

  @TempDir static Path folder;
  private static RelataStack stack;
  private static Manifests manifests;

  @BeforeAll
  static void takeTheServicesAway() throws Exception {
    assumeTrue(!IMAGES.isEmpty(), "images are started by ./relata image --check alone");
    try {
      System.out.println("podman " + ImageContainer.podmanVersion());
    } catch (IOException refused) {
      abort("podman does not work here: " + refused.getMessage());
    }
    for (String program : List.of("schema", "api-service", "embedding-worker", "graph-service")) {
      assertTrue(
          ImageContainer.isThere(image(program)),
          image(program) + " is not there: build it with ./relata image");
    }
    manifests = Manifests.ofBase();
    stack = RelataStack.start(StackOptions.in(folder.resolve("stack")), System.out::println);
    stack.workers().getFirst().stop();
    stack.graphServices().getFirst().stop();
    stack.api().stop();
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void areReadyWorkAndLoseNothingWhenTheyAreToldToEnd() throws Exception {
    try (ImageContainer schema = schema()) {
      assertEquals(0, schema.awaitEnd(), schema.log());
    }
    Api api = new Api(stack.url());
    try (ImageContainer graph = service(Part.GRAPH, stack.graphServices().getFirst());
        ImageContainer worker = service(Part.WORKER, stack.workers().getFirst());
        ImageContainer gateway = service(Part.API, stack.api())) {
      for (ImageContainer each : List.of(graph, worker, gateway)) {
        assertTrue(each.mapped().contains("/app/app.aot"), "no cache: " + each.log());
      }
      api.createCollection("images");
      put(api, "first");
      api.awaitSettled("images", LIMIT);
      assertFalse(api.search("images", "steam engines", "hybrid").getList("hits").isEmpty());
      assertFalse(api.neighbors("images", "d1").isEmpty());

      put(api, "second");
      System.out.println("worker after its work: " + worker.memory());
      end(worker, Part.WORKER);
      try (ImageContainer next = service(Part.WORKER, stack.workers().getFirst())) {
        api.awaitSettled("images", LIMIT);
        System.out.println("graph-service: " + graph.memory());
        System.out.println("api-service: " + gateway.memory());
        endIdle(next, Part.WORKER);
      }
      assertEquals(DOCUMENTS, api.status("images").getInt("ready"));
      endIdle(gateway, Part.API);
      endIdle(graph, Part.GRAPH);
    }
  }

  private static void put(Api api, String edition) {
    List<String> topics = List.of("steam engines", "sailing boats", "wild mushrooms", "sourdough");
    for (int i = 0; i < DOCUMENTS; i++) {
      String topic = topics.get(i % topics.size());
      api.put(
          "images",
          "d" + i,
          "Note " + i + " about " + topic,
          "The %s edition of entry %d tells what %s need.".formatted(edition, i, topic));
    }
  }

  /** Within the grace of its pod, less what the kubelet waits before it says so. */
  private static Duration end(ImageContainer container, Part part) throws Exception {
    String name = part.title();
    int preStop =
        manifests.container(name).manifest().at("/lifecycle/preStop/sleep/seconds").asInt();
    int grace = manifests.pod(name).path("terminationGracePeriodSeconds").asInt() - preStop;
    long start = System.nanoTime();
    int code = container.stop(Duration.ofSeconds(grace));
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    System.out.printf("%s ended with %d after %d ms%n", name, code, taken.toMillis());
    assertTrue(ORDERLY.contains(code), () -> name + " ended with " + code);
    return taken;
  }

  private static void endIdle(ImageContainer container, Part part) throws Exception {
    Duration taken = end(container, part);
    assertTrue(taken.compareTo(IDLE) < 0, () -> part.title() + " took " + taken);
  }

  private static ImageContainer schema() throws IOException, InterruptedException {
    String password = stack.postgres().rolePassword();
    return ImageContainer.start(
        image("schema"),
        manifests.pod("api-service"),
        manifests.schema("api-service"),
        Map.of(
            "RELATA_SCHEMA_URL",
            stack.postgres().jdbcUrl(),
            "RELATA_SCHEMA_USER",
            stack.postgres().user(),
            "RELATA_SCHEMA_PASSWORD",
            stack.postgres().password(),
            "RELATA_API_PASSWORD",
            password,
            "RELATA_WORKER_PASSWORD",
            password,
            "RELATA_GRAPH_PASSWORD",
            password),
        folder);
  }

  /** Where the service of the stack was, and ready. */
  private static ImageContainer service(Part part, StackPart place)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("RELATA_DATABASE_URL", stack.postgres().reactiveUrl());
    environment.put("RELATA_DATABASE_PASSWORD", stack.postgres().rolePassword());
    environment.put("RELATA_NATS_URL", stack.nats().url());
    environment.put("OLLAMA_URL", stack.model().orElseThrow().url());
    environment.put("RELATA_GRAPH_URL", stack.graphServices().getFirst().url());
    environment.put("RELATA_ACCESS_OPEN", "true");
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", place.url().replaceAll(".*:", ""));
    long start = System.nanoTime();
    ImageContainer container =
        ImageContainer.start(
            image(part.title()),
            manifests.pod(part.title()),
            manifests.container(part.title()),
            environment,
            folder.resolve(part.title()));
    try {
      Awaitility.await(part.title())
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(
              () -> RestAssured.get(place.url() + "/q/health/ready").statusCode(),
              code -> code == 200);
    } catch (RuntimeException never) {
      String log = container.log();
      container.close();
      throw new AssertionError(log, never);
    }
    System.out.printf(
        "%s ready after %d ms: %s%n",
        part.title(), (System.nanoTime() - start) / 1_000_000, container.memory());
    return container;
  }

  private static String image(String program) {
    return IMAGES.formatted(program);
  }
}
