package relata.system.running;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.stack.StackPart;

/** Parts that fail, and writes that come at the wrong moment: nothing is lost, nothing is stale. */
final class FaultsIT {
  /** A sweep runs every 60 s, so twice that is what the sweep alone is allowed. */
  private static final Duration BY_SWEEP = Duration.ofMinutes(2);

  /** A sweep may run meanwhile: that events do without it is shown by the services' own tests. */
  private static final Duration BY_EVENT = Duration.ofSeconds(50);

  @TempDir static Path data;
  private static ModelProxy model;
  private static RelataStack stack;
  private static Api api;
  private static Database database;

  private String collection;

  @BeforeAll
  static void start() {
    model = ModelProxy.start();
    stack =
        RelataStack.start(
            Patience.with(StackOptions.in(data))
                .withModelRoute(model::route)
                // A call that failed once, as the first may, does not cost the time of an event.
                .withEnvironment(Part.WORKER, "RELATA_CLAIM_BACKOFF", "1s"),
            System.out::println);
    api = new Api(stack.url());
    database = new Database(stack.postgres());
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    model.close();
  }

  @BeforeEach
  void ownCollection(TestInfo test) {
    collection = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    api.createCollection(collection);
  }

  @Test
  void writesGoOnWhileTheWorkerIsAway() {
    StackPart worker = stack.workers().getFirst();
    worker.stop();
    putNotes(20);
    assertEquals(20, api.status(collection).getInt("pending"));

    worker.start();
    worker.awaitReady();
    api.awaitSettled(collection, BY_EVENT);
  }

  @Test
  void theSweepFindsWhatADeletedBrokerForgot() {
    StackPart worker = stack.workers().getFirst();
    worker.stop();
    putNotes(20);
    stack.nats().stop();
    stack.nats().deleteStore();
    assertEquals("created", api.put(collection, "late", "Written without a broker", "Some text."));

    stack.nats().start();
    worker.start();
    api.awaitSettled(collection, BY_SWEEP);
  }

  @Test
  void aBrokerThatComesBackEmptyUnderRunningServicesIsFilledAgain() {
    stack.nats().stop();
    stack.nats().deleteStore();
    putNotes(10);
    stack.nats().start();
    api.awaitSettled(collection, BY_SWEEP);

    api.put(collection, "afterwards", "After the broker came back", "Events flow again.");
    api.awaitSettled(collection, BY_EVENT);
  }

  @Test
  void anEditWhileTheModelWorksEndsWithTheNewerVector() throws Exception {
    ModelProxy.Hold hold = model.holdBack("older text about turbines");
    api.put(collection, "note", "Note", "The older text about turbines.");
    hold.awaitAsked(BY_SWEEP);
    api.put(collection, "note", "Note", "The newer text about orchids.");
    hold.letGo();
    api.awaitSettled(collection, BY_EVENT);

    long generation = database.activeGeneration(collection);
    assertEquals(
        List.of("Note", "The newer text about orchids."),
        database.query(
            "select text from feature.chunk where generation_id = ? order by ordinal",
            row -> row.getString(1),
            generation));
    assertArrayEquals(
        vectorOfASingleNote("The newer text about orchids."),
        database.vectors(generation).values().iterator().next().getLast());
  }

  @Test
  void editingAParagraphEmbedsThatParagraphAlone() {
    String body = "First paragraph on wind.\n\nSecond paragraph on water.\n\nThird on fire.";
    api.put(collection, "note", "Elements", body);
    api.awaitSettled(collection, BY_EVENT);
    model.forgetInputs();

    api.put(collection, "note", "Elements", body.replace("on water", "on warm water"));
    api.awaitSettled(collection, BY_EVENT);

    assertEquals(List.of("Second paragraph on warm water."), model.inputs());
  }

  @Test
  void theSameContentAgainCostsNothing() {
    putNotes(5);
    api.awaitSettled(collection, BY_EVENT);
    List<String> rows = database.derivedRows();
    model.forgetInputs();

    for (int i = 0; i < 5; i++) {
      assertEquals("unchanged", putNote(i));
    }

    assertEquals(0, database.number("select count(*) from content.outbox"));
    assertEquals(rows, database.derivedRows());
    assertEquals(List.of(), model.inputs());
  }

  @Test
  void whatIsDeletedIsGoneEverywhere() {
    long chunks = chunksInMemory();
    putNotes(6);
    api.awaitSettled(collection, BY_EVENT);
    long generation = database.activeGeneration(collection);
    long key =
        database.number("select collection_id from content.generation where id = ?", generation);
    assertTrue(rowsOf(key, generation).values().stream().allMatch(count -> count > 0));
    assertTrue(chunksInMemory() > chunks);
    assertEquals(200, searchInMemory(generation));
    assertFalse(found("note 3").isEmpty());

    long id =
        database.number(
            "select id from content.document where external_id = 'note-3' and collection_id = ?",
            key);
    api.deleteDocument(collection, "note-3");
    Awaitility.await()
        .atMost(BY_EVENT)
        .untilAsserted(
            () -> {
              assertEquals(0, rowsOfDocument(id));
              assertFalse(found("note 3").contains("note-3"));
            });

    api.deleteCollection(collection);
    Awaitility.await()
        .atMost(BY_EVENT)
        .untilAsserted(
            () -> {
              Map<String, Long> rows = rowsOf(key, generation);
              assertTrue(rows.values().stream().allMatch(count -> count == 0), rows::toString);
              assertEquals(chunks, chunksInMemory());
              assertEquals(404, searchInMemory(generation));
            });
  }

  /** Over all generations; what other tests left stays the same. */
  private static long chunksInMemory() {
    return given()
        .get(stack.graphServices().getFirst().url() + "/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .filter(line -> line.startsWith("relata_index_chunks"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** The status of a search by the generation itself, for which nobody has to know a collection. */
  private static int searchInMemory(long generation) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("text", "roses", "mode", "lexical", "limit", 10))
        .post(
            stack.graphServices().getFirst().url() + "/internal/generations/{g}/search", generation)
        .statusCode();
  }

  private List<String> found(String words) {
    return api.search(collection, words, "lexical").getList("hits.id");
  }

  private static Map<String, Long> rowsOf(long key, long generation) {
    return Map.of(
        "content.collection",
            database.number("select count(*) from content.collection where id = ?", key),
        "content.generation",
            database.number("select count(*) from content.generation where id = ?", generation),
        "content.document",
            database.number("select count(*) from content.document where collection_id = ?", key),
        "graph.generation", count("graph.generation", generation),
        "graph.commit_log", count("graph.commit_log", generation),
        "feature.document_state", count("feature.document_state", generation),
        "feature.chunk", count("feature.chunk", generation),
        "graph.node", count("graph.node", generation),
        "graph.neighbor", count("graph.neighbor", generation));
  }

  private static long count(String table, long generation) {
    return database.number(
        "select count(*) from " + table + " where generation_id = ?", generation);
  }

  private static long rowsOfDocument(long id) {
    return database.number(
        """
        select (select count(*) from content.document where id = ?)
             + (select count(*) from feature.document_state where document_id = ?)
             + (select count(*) from feature.chunk where document_id = ?)
             + (select count(*) from graph.node where document_id = ?)
             + (select count(*) from graph.neighbor where document_id = ? or neighbor_id = ?)
        """,
        id,
        id,
        id,
        id,
        id,
        id);
  }

  private void putNotes(int count) {
    for (int i = 0; i < count; i++) {
      assertEquals("created", putNote(i));
    }
  }

  private String putNote(int number) {
    return api.put(
        collection,
        "note-" + number,
        "Note " + number + " on gardens",
        "In garden " + number + " the roses of note " + number + " are watered in the morning.");
  }

  /** What a document that was only ever written once gets for the text. */
  private float[] vectorOfASingleNote(String body) {
    String fresh = collection + "-fresh";
    api.createCollection(fresh);
    api.put(fresh, "note", "Note", body);
    api.awaitSettled(fresh, BY_EVENT);
    return database.vectors(database.activeGeneration(fresh)).values().iterator().next().getLast();
  }
}
