package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import relata.local.client.RelataClient;
import relata.local.opensearch.OpenSearchCluster;
import relata.local.process.DirectoryTree;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;

/** A collection that moves to OpenSearch and back, while clients read it all the time. */
final class OpenSearchMoveIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int DOCUMENTS = 80;
  private static final String MOVING = "moving";
  private static final Map<String, ?> THERE = Map.of("index", "opensearch");
  private static final Map<String, ?> BACK = Map.of("index", "embedded");

  private static Path folder;
  private static OpenSearchCluster cluster;
  private static RelataStack stack;
  private static Api api;
  private static GenerationsApi generations;
  private static Database database;

  @BeforeAll
  static void importDocuments() throws IOException {
    folder = DirectoryTree.temporary("relata-moving-");
    cluster = OpenSearchCluster.start();
    stack = RelataStack.start(options(), System.out::println);
    api = new Api(stack.url());
    generations = new GenerationsApi(stack.url());
    database = new Database(stack.postgres());
    try (RelataClient client = new RelataClient(stack.url())) {
      Corpus.abstracts(MOVING, DOCUMENTS).importInto(client);
    }
    api.awaitSettled(MOVING, LIMIT);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
    if (cluster != null) {
      cluster.close();
    }
    DirectoryTree.delete(folder);
  }

  /** Everything that waits for a time waits less, so that the test need not; but for searches. */
  private static StackOptions options() {
    return Patience.with(StackOptions.in(folder.resolve("stack")))
        .withEnvironment(Part.API, "RELATA_OPENSEARCH_URL", cluster.urls())
        .withEnvironment(Part.API, "RELATA_GENERATION_LOOK_INTERVAL", "300ms")
        .withEnvironment(Part.API, "RELATA_GENERATION_MAX_LOOK_INTERVAL", "1s")
        .withEnvironment(Part.WORKER, "RELATA_SWEEP_EVERY", "5s")
        .withEnvironment(Part.GRAPH, "RELATA_OPENSEARCH_URL", cluster.urls())
        .withEnvironment(Part.GRAPH, "RELATA_SWEEP_INTERVAL", "5s");
  }

  @Test
  void movesThereAndBackWithoutAHole() throws Exception {
    long first = api.collection(MOVING).getLong("generation");
    assertEquals("embedded", kindOfIndex());
    int lists = database.neighbors(first).size();
    List<Map.Entry<String, String>> samples = samples(first);

    try (ReadLoad load =
        new ReadLoad(
            api.url(),
            MOVING,
            samples.stream().map(Map.Entry::getValue).limit(3).toList(),
            samples.stream().map(Map.Entry::getKey).toList())) {
      awaitAnswersOf(load, first);
      long there = generations.become(MOVING, THERE, LIMIT);
      assertNotEquals(first, there);
      awaitAnswersOf(load, there);
      assertEquals("opensearch", kindOfIndex());
      assertRight(there);
      assertEquals(lists, database.neighbors(there).size());

      api.put(MOVING, "meanwhile", "Meanwhile", "Written while it was in the other place.");
      api.awaitSettled(MOVING, LIMIT);
      assertRight(there);

      long back = generations.become(MOVING, BACK, LIMIT);
      awaitAnswersOf(load, back);
      assertEquals("embedded", kindOfIndex());
      api.awaitSettled(MOVING, LIMIT);
      assertRight(back);
      assertEquals(
          "meanwhile",
          api.search(MOVING, "written while it was in the other place", "lexical")
              .getString("hits[0].id"));

      load.close();
      load.check();
      assertEquals(Set.of(first, there, back), load.generations());
    }
  }

  private static String kindOfIndex() {
    return Api.json(api.url())
        .get("/v1/collections/{c}/index", MOVING)
        .then()
        .statusCode(200)
        .extract()
        .path("kind");
  }

  private static void assertRight(long generation) {
    Derived derived = new Derived(database, generation);
    derived.assertCurrent();
    derived.assertLinked(0.6, 10);
  }

  private static void awaitAnswersOf(ReadLoad load, long generation) {
    int answers = load.answers();
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> load.answers() > answers + 50 && load.generations().contains(generation));
  }

  /** Id and title of documents that have neighbours. */
  private static List<Map.Entry<String, String>> samples(long generation) {
    return database.query(
        """
        select distinct d.external_id, d.title
          from graph.neighbor n join content.document d on d.id = n.document_id
         where n.generation_id = ? order by 1 limit 20
        """,
        row -> Map.entry(row.getString(1), row.getString(2)),
        generation);
  }
}
