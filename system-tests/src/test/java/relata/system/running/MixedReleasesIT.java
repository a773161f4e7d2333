package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.contracts.BrokerUsers;
import relata.local.model.SyntheticBehaviour;
import relata.local.model.SyntheticModelServer;
import relata.local.nats.NatsServer;
import relata.local.process.ManagedProcess;
import relata.system.Guide;
import relata.system.Project;
import relata.system.broker.ShippedNats;

/**
 * From the release before to this one and back, service by service, while others write and search:
 * each service meets every other one of the other release, in both directions. Callers have keys,
 * and NATS knows its users, as in production.
 */
@Tag("alone")
final class MixedReleasesIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int DIMENSION = 64;
  private static final int DOCUMENTS = 200;
  private static final String PASSWORD = "only-for-tests";

  private static PreviousRelease previous;

  @TempDir Path folder;

  /** Builds it, the first time. */
  @BeforeAll
  static void find() throws Exception {
    previous = PreviousRelease.find();
  }

  @Test
  void noRequestFailsWhileReleasesAreMixed() throws Exception {
    ShippedNats users = ShippedNats.in(folder.resolve("broker"));
    try (PackagedPostgres postgres = PackagedPostgres.start(folder.resolve("postgres"));
        NatsServer nats =
            NatsServer.start(
                folder.resolve("nats"), 0, folder.resolve("nats.log"), Optional.of(users.file()));
        SyntheticModelServer model =
            SyntheticModelServer.start(
                0, SyntheticBehaviour.instant(DIMENSION).withTopics(DOCUMENTS / 5), line -> {})) {
      Guide.run("createdb relata", folder, postgres.environment());
      migrate(postgres, previous.schema());
      Map<String, String> common = new HashMap<>(Patience.ENVIRONMENT);
      common.putAll(
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
              "5s"));
      try (Replicas worker = replicas(BrokerUsers.EMBEDDING_WORKER, common, users);
          Replicas graph = replicas(BrokerUsers.GRAPH_SERVICE, common, users);
          Replicas api =
              replicas(
                  BrokerUsers.API_SERVICE,
                  with(
                      with(common, "RELATA_GRAPH_URL", graph.url()),
                      "RELATA_OPERATOR_FILE",
                      Operator.file(folder).toString()),
                  users)) {
        roll(postgres, worker, graph, api);
      }
      assertEquals(List.of(), ShippedNats.refused(nats));
    }
  }

  private void roll(PackagedPostgres postgres, Replicas worker, Replicas graph, Replicas api)
      throws Exception {
    // None is ready before the others have made their streams.
    var firstWorker = worker.launch(previous.root());
    var firstGraph = graph.launch(previous.root());
    api.add(previous.root());
    api.add(previous.root());
    worker.awaitReady(firstWorker);
    graph.awaitReady(firstGraph);
    Api client =
        new Api(api.url(), Optional.of(Operator.newKey(api.url(), "acme", "read", "write")));
    client.createCollection(SteadyLoad.COLLECTION);
    for (int i = 0; i < DOCUMENTS; i++) {
      client.put(SteadyLoad.COLLECTION, "old-" + i, "Title " + i, "The old text number " + i + ".");
    }
    client.awaitSettled(SteadyLoad.COLLECTION, LIMIT);
    List<String> steps = new ArrayList<>();
    SteadyLoad load = new SteadyLoad(client, "hybrid");
    try (load) {
      migrate(postgres, Project.module("schema").resolve("target/classes").toString());
      steps.add("schema " + load.await());
      for (Path release : List.of(Project.root(), previous.root())) {
        for (Replicas service : List.of(api, worker, graph)) {
          service.roll(release);
          steps.add(service + " " + load.await());
        }
      }
    }
    System.out.println("upgraded and taken back: " + load + ", after each step: " + steps);
    load.check();
    client.awaitSettled(SteadyLoad.COLLECTION, LIMIT);
    Database database = new Database(postgres::connect);
    Derived derived = new Derived(database, database.activeGeneration(SteadyLoad.COLLECTION));
    derived.assertCurrent();
    derived.assertLinked(0.6, 10);
    assertEquals(
        DOCUMENTS + load.written(), client.status(SteadyLoad.COLLECTION).getInt("documents"));
  }

  private Replicas replicas(String service, Map<String, String> environment, ShippedNats users) {
    return new Replicas(
        service,
        with(environment, "RELATA_NATS_PASSWORD", users.passwordOf(service)),
        Project.module("system-tests").resolve("target/upgrade"));
  }

  private static Map<String, String> with(
      Map<String, String> environment, String name, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(name, value);
    return more;
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
