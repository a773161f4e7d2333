package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.model.SyntheticBehaviour;
import relata.local.model.SyntheticModelServer;
import relata.local.nats.NatsServer;
import relata.local.process.ManagedProcess;
import relata.system.Guide;
import relata.system.Project;

/**
 * From the release before to this one and back, service by service, while others write and search:
 * each service meets every other one of the other release, in both directions.
 */
@Tag("alone")
final class MixedReleasesIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DIMENSION = 64;
  private static final int DOCUMENTS = 200;
  private static final String PASSWORD = "only-for-tests";
  private static final List<String> NO_FLAGS = List.of();

  @TempDir Path folder;

  @Test
  void noRequestFailsWhileReleasesAreMixed() throws Exception {
    PreviousRelease previous = PreviousRelease.find();
    try (PackagedPostgres postgres = PackagedPostgres.start(folder.resolve("postgres"));
        NatsServer nats = NatsServer.start(folder.resolve("nats"));
        SyntheticModelServer model =
            SyntheticModelServer.start(
                0, SyntheticBehaviour.instant(DIMENSION).withTopics(DOCUMENTS / 5), line -> {})) {
      Guide.run("createdb relata", folder, postgres.environment());
      migrate(postgres, previous.schema());
      Map<String, String> common =
          Map.of(
              "RELATA_DATABASE_URL",
              postgres.address(),
              "RELATA_DATABASE_PASSWORD",
              PASSWORD,
              "RELATA_NATS_URL",
              nats.url(),
              "OLLAMA_URL",
              model.url().toString(),
              "RELATA_SWEEP_EVERY",
              "5s",
              "RELATA_SWEEP_INTERVAL",
              "5s",
              "RELATA_ACCESS_OPEN",
              "true");
      try (Replicas worker = replicas("embedding-worker", List.of("-Xmx160m"), common);
          Replicas graph =
              replicas("graph-service", List.of("--add-modules", "jdk.incubator.vector"), common);
          Replicas api = replicas("api-service", NO_FLAGS, with(common, graph.url()))) {
        roll(postgres, previous, worker, graph, api);
      }
    }
  }

  private void roll(
      PackagedPostgres postgres,
      PreviousRelease previous,
      Replicas worker,
      Replicas graph,
      Replicas api)
      throws Exception {
    // None is ready before the others have made their streams.
    var firstWorker = worker.launch(previous.root());
    var firstGraph = graph.launch(previous.root());
    api.add(previous.root());
    api.add(previous.root());
    worker.awaitReady(firstWorker);
    graph.awaitReady(firstGraph);
    Api client = new Api(api.url());
    client.createCollection(SteadyLoad.COLLECTION);
    for (int i = 0; i < DOCUMENTS; i++) {
      client.put(SteadyLoad.COLLECTION, "old-" + i, "Title " + i, "The old text number " + i + ".");
    }
    client.awaitSettled(SteadyLoad.COLLECTION, LIMIT);
    Path present = Project.root();
    List<String> steps = new ArrayList<>();
    SteadyLoad load = new SteadyLoad(api.url(), "hybrid");
    try (load) {
      migrate(postgres, Project.module("schema").resolve("target/classes").toString());
      steps.add("schema " + load.await());
      for (Replicas service : List.of(api, worker, graph)) {
        service.roll(present);
        steps.add(service + " " + load.await());
      }
      // Not graph-service: an api-service of the release before may lose a request by it.
      for (Replicas service : List.of(api, worker)) {
        service.roll(previous.root());
        steps.add(service + " " + load.await());
      }
    }
    System.out.println(
        "upgraded, and all but graph-service taken back: " + load + ", after each step: " + steps);
    load.check();
    client.awaitSettled(SteadyLoad.COLLECTION, LIMIT);
    Database database = new Database(postgres::connect);
    Derived derived = new Derived(database, database.activeGeneration(SteadyLoad.COLLECTION));
    derived.assertCurrent();
    derived.assertLinked(0.6, 10);
    assertEquals(
        DOCUMENTS + load.written(), client.status(SteadyLoad.COLLECTION).getInt("documents"));
  }

  private Replicas replicas(String service, List<String> flags, Map<String, String> environment) {
    return new Replicas(
        service, flags, environment, Project.module("system-tests").resolve("target/upgrade"));
  }

  private static Map<String, String> with(Map<String, String> common, String graphUrl) {
    Map<String, String> all = new HashMap<>(common);
    all.put("RELATA_GRAPH_URL", graphUrl);
    return all;
  }

  /** What the init container of each pod does. */
  private void migrate(PackagedPostgres postgres, String schema) {
    ManagedProcess migration =
        ManagedProcess.start(
            "schema",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                schema
                    + File.pathSeparator
                    + Project.module("local-stack").resolve("target/lib")
                    + "/*",
                "relata.schema.SchemaMigration"),
            Map.of(
                "RELATA_SCHEMA_URL", "jdbc:" + postgres.address(),
                "RELATA_SCHEMA_USER", "postgres",
                "RELATA_SCHEMA_PASSWORD", PASSWORD,
                "RELATA_API_PASSWORD", PASSWORD,
                "RELATA_WORKER_PASSWORD", PASSWORD,
                "RELATA_GRAPH_PASSWORD", PASSWORD),
            folder.resolve("schema.log"));
    Awaitility.await("the schema").atMost(LIMIT).until(() -> !migration.isAlive());
    assertEquals(0, migration.exitCode().orElseThrow(), () -> migration.logTail(20));
  }
}
