package relata.system.running;

import static io.restassured.RestAssured.given;

import io.nats.client.Connection;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import relata.contracts.Subjects;
import relata.local.client.BulkAnswer;
import relata.local.client.RelataClient;
import relata.local.stack.RelataStack;
import relata.local.stack.StackPart;
import relata.local.testing.Patiently;

/** What can go wrong with a stack that has two graph-services; each lasts until it is closed. */
final class Faults {
  /**
   * Enough that a percent of the documents is missing, and an index that stands still is behind.
   */
  private static final int MANY = 800;

  private static final String POISON = "arsenic";
  private static final String LARGE = "large";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final RelataStack stack;
  private final ModelProxy model;
  private final Database database;
  private final Api api;
  private final String collection;

  /** Undoes what was done. */
  interface Fault extends AutoCloseable {
    @Override
    void close() throws Exception;
  }

  Faults(RelataStack stack, ModelProxy model, Database database, String collection) {
    this.stack = stack;
    this.model = model;
    this.database = database;
    this.api = new Api(stack.url());
    this.collection = collection;
  }

  Fault modelAnswersNothing() {
    ModelProxy.Disturbed silence = model.disturb(new Disturbance.Silence(""));
    write("unheard", MANY);
    Searches searches = searches();
    return () -> {
      searches.close();
      silence.close();
    };
  }

  Fault modelRefusesADocument() {
    ModelProxy.Disturbed refusal =
        model.disturb(new Disturbance.Refusal(POISON, 400, Optional.empty(), "bad token"));
    String _ = api.put(collection, "poison", "Poison", "There is " + POISON + " in it.");
    return () -> {
      refusal.close();
      api.deleteDocument(collection, "poison");
    };
  }

  Fault brokerIsAway() {
    stack.nats().stop();
    write("unpublished", 1);
    return () -> stack.nats().start();
  }

  /** Again and again: what happens once, between two scrapes that fail, is never seen. */
  Fault eventIsNoEvent() throws Exception {
    Connection nats = Patiently.connect(stack.nats().url());
    ScheduledExecutorService publisher = Executors.newSingleThreadScheduledExecutor();
    byte[] event = "no protobuf".getBytes(StandardCharsets.UTF_8);
    var _ =
        publisher.scheduleWithFixedDelay(
            () -> nats.publish(Subjects.contentChanged("default"), event), 0, 1, TimeUnit.SECONDS);
    return () -> {
      publisher.shutdownNow();
      nats.close();
    };
  }

  Fault graphMayNotReadFeatures() {
    database.update("revoke select on feature.document_state from relata_graph");
    write("unread", MANY);
    return () -> database.update("grant select on feature.document_state to relata_graph");
  }

  /** As if the first replica had missed an event, and all sweeps since. */
  Fault replicasDiffer() {
    StackPart second = stack.graphServices().get(1);
    second.stop();
    database.update("update feature.document_state set attempts = attempts");
    second.start();
    second.awaitReady();
    return () -> restart(stack.graphServices().getFirst());
  }

  /** A collection that is larger than all that an index may take is there at the next start. */
  Fault memoryIsTaken() {
    api.createCollection(LARGE);
    write(LARGE, "first", 1);
    api.awaitSettled(LARGE, LIMIT);
    // Both let it in while it is small; one that only met it when it has grown would not.
    stack.graphServices().forEach(this::searchLarge);
    write(LARGE, "heavy", 5 * MANY);
    api.awaitSettled(LARGE, LIMIT);
    restart(stack.graphServices().getFirst());
    Searches searches = new Searches(api.url(), LARGE);
    return () -> {
      searches.close();
      api.deleteCollection(LARGE);
    };
  }

  private void searchLarge(StackPart graph) {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("text", "first", "mode", "lexical", "limit", 10))
        .post(graph.url() + "/internal/generations/{g}/search", database.activeGeneration(LARGE))
        .then()
        .statusCode(200);
  }

  Fault snapshotsCannotBeWritten() throws IOException {
    Path folder = stack.dataDirectory().resolve("snapshots/graph-service");
    Path aside = Files.move(folder, folder.resolveSibling("aside"));
    Files.writeString(folder, "no folder");
    write("unsaved", MANY);
    return () -> {
      Files.delete(folder);
      Files.move(aside, folder);
    };
  }

  Fault workerDies() {
    return killed(stack.workers());
  }

  Fault graphServicesDie() {
    Fault killed = killed(stack.graphServices());
    Searches searches = searches();
    return () -> {
      searches.close();
      killed.close();
    };
  }

  /** The one that the API asks stands still for most of the time. */
  Fault graphServiceStumbles() {
    long pid = stack.graphServices().getFirst().pid();
    Searches searches = searches();
    Thread stumbling =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    signal("STOP", pid);
                    pause(1500);
                    signal("CONT", pid);
                    pause(100);
                  }
                });
    return () -> {
      stumbling.interrupt();
      stumbling.join();
      signal("CONT", pid);
      searches.close();
    };
  }

  /** Somebody sends more than their key may, and does not wait when they are told to. */
  Fault aCallerGoesWild() {
    restart(stack.api());
    Api wild = new Api(api.url(), Optional.of(Operator.KEY));
    Thread sending =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    var _ = wild.json().get("/v1/keys?tenant=wild");
                    pause(50);
                  }
                });
    return () -> {
      sending.interrupt();
      sending.join();
    };
  }

  /** Documents that are about nothing in particular. */
  void write(String name, int count) {
    write(collection, name, count);
  }

  void write(String into, String name, int count) {
    try (RelataClient client = new RelataClient(api.url())) {
      List<BulkAnswer> answers =
          client.bulk(
              into,
              IntStream.range(0, count)
                  .mapToObj(i -> line(name + "-" + i, "Number %d of %s.".formatted(i, name)))
                  .toList());
      if (answers.size() != count) {
        throw new IllegalStateException(answers.size() + " of " + count + " lines are answered");
      }
    }
  }

  private Searches searches() {
    return new Searches(api.url(), collection);
  }

  private static String line(String id, String body) {
    return "{\"id\":\"%s\",\"title\":\"%s\",\"body\":\"%s\"}".formatted(id, id, body);
  }

  private static Fault killed(List<StackPart> parts) {
    List<StackPart> killed = new ArrayList<>(parts);
    killed.forEach(StackPart::kill);
    return () -> {
      killed.forEach(StackPart::start);
      killed.forEach(StackPart::awaitReady);
    };
  }

  static void restart(StackPart part) {
    part.stop();
    part.start();
    part.awaitReady();
  }

  private static void signal(String name, long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
      if (!kill.waitFor(60, TimeUnit.SECONDS) || kill.exitValue() != 0) {
        throw new IllegalStateException("No signal " + name);
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
