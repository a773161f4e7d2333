package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.local.bulk.ImportSummary;
import relata.local.client.RelataClient;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.testing.Patiently;

/** Real documents through the whole system, imported once for all tests of this class. */
final class RealInputIT {
  private static final Duration LIMIT = Duration.ofMinutes(8);
  private static final Duration NEXT_EVENT = Duration.ofSeconds(30);
  private static final int NEIGHBORS_ASKED_FOR = 25;

  @TempDir static Path data;
  private static ModelProxy model;
  private static RelataStack stack;
  private static RelataClient client;
  private static Api api;
  private static Database database;
  private static final List<Corpus> CORPORA = Corpus.all();

  @BeforeAll
  static void importEverything() throws IOException {
    model = ModelProxy.start();
    stack =
        RelataStack.start(
            Patience.with(StackOptions.in(data)).withModelRoute(model::route), System.out::println);
    client = new RelataClient(stack.url());
    api = new Api(stack.url());
    database = new Database(stack.postgres());
    long start = System.nanoTime();
    long documents = 0;
    for (Corpus corpus : CORPORA) {
      ImportSummary summary = corpus.importInto(client);
      assertEquals(summary.documents(), summary.created());
      documents += summary.created();
    }
    for (Corpus corpus : CORPORA) {
      api.awaitSettled(corpus.collection(), LIMIT);
    }
    System.out.printf(
        "documents=%d model inputs=%d seconds=%.1f%n",
        documents, model.inputs().size(), (System.nanoTime() - start) / 1e9);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      client.close();
      stack.close();
    }
    model.close();
  }

  @Test
  void everyDocumentIsReadyOrSaysWhyItIsSkipped() {
    for (Corpus corpus : CORPORA) {
      JsonPath status = api.status(corpus.collection());
      assertEquals(status.getInt("documents"), status.getInt("ready") + status.getInt("skipped"));
      assertEquals(1.0, status.getDouble("coverage"));
    }
    assertEquals(
        database.number("select count(*) from content.document"),
        database.number(
            """
            select count(*)
              from content.document d
              join content.generation g on g.collection_id = d.collection_id and g.state = 'active'
              join feature.document_state s on s.generation_id = g.id and s.document_id = d.id
             where s.version = d.version and s.stored_version = d.version
               and (s.state = 'ready' or s.state = 'skipped' and s.error_code is not null)
            """));
  }

  @Test
  void noTextWentToTheModelTwice() {
    Map<String, Long> repeated =
        model.inputs().stream()
            .collect(Collectors.groupingBy(text -> text, Collectors.counting()))
            .entrySet()
            .stream()
            .filter(entry -> entry.getValue() > 1)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertEquals(Map.of(), repeated);
  }

  @Test
  void storedNeighboursAreThoseOfTheDefinition() {
    for (Corpus corpus : CORPORA) {
      long generation = database.activeGeneration(corpus.collection());
      Map<Long, List<Neighbor>> stored = database.neighbors(generation);
      assertTrue(stored.size() > 5, "only " + stored.size() + " lists in " + corpus.collection());
      new NeighborOracle(0.6, 10).check(database.vectors(generation), stored, corpus.collection());
      System.out.printf(
          "collection=%s lists=%d neighbours=%d differences=0%n",
          corpus.collection(), stored.size(), stored.values().stream().mapToInt(List::size).sum());
    }
  }

  @Test
  void theApiGivesTheStoredNeighbours() {
    for (Corpus corpus : CORPORA) {
      long generation = database.activeGeneration(corpus.collection());
      Map<Long, List<Neighbor>> stored = database.neighbors(generation);
      Map<Long, String> names =
          database
              .query(
                  "select id, external_id from content.document order by id",
                  row -> Map.entry(row.getLong(1), row.getString(2)))
              .stream()
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      stored.entrySet().stream()
          .limit(NEIGHBORS_ASKED_FOR)
          .forEach(
              entry -> {
                List<Map<String, Object>> answered =
                    api.neighbors(corpus.collection(), names.get(entry.getKey()));
                assertEquals(
                    entry.getValue().stream().map(n -> names.get(n.documentId())).toList(),
                    answered.stream().map(n -> n.get("id")).toList());
                for (int i = 0; i < answered.size(); i++) {
                  assertEquals(
                      entry.getValue().get(i).similarity(),
                      ((Number) answered.get(i).get("similarity")).doubleValue(),
                      1e-5);
                }
              });
    }
  }

  @Test
  void exportsHaveTheNodesAndEdgesOfTheNeighbourLists() {
    String collection = CORPORA.getFirst().collection();
    GraphApi graph = new GraphApi(api, collection);
    GraphExports exports =
        new GraphExports(graph, SimilarityGraph.listed(graph, database.keys(collection).keySet()));
    exports.json();
    exports.graphMl();
  }

  @Test
  void figuresOfTheGraphAreCountedFromItsEdges() {
    checkGraphs(GraphCheck::new, GraphCheck::statistics);
  }

  @Test
  void partsOfTheGraphHaveTheirEdgesAndSayWhatTheyLeaveOut() {
    checkGraphs(GraphCheck::new, GraphCheck::mostLinked);
    checkGraphs(GraphCheck::new, GraphCheck::surroundings);
  }

  @Test
  void waysAreTheShortestWithTheReasonsOfTheNeighbourLists() {
    checkGraphs(WaysCheck::new, WaysCheck::ways);
  }

  @Test
  void communitiesAreAPartitionOfTheModularityThatIsTold() {
    checkGraphs(GroupsCheck::new, groups -> groups.communities(1));
    checkGraphs(GroupsCheck::new, groups -> groups.communities(3));
  }

  @Test
  void nearDuplicatesAreWhatHangsTogether() {
    checkGraphs(GroupsCheck::new, GroupsCheck::duplicates);
  }

  /** Against the edges that are exported. */
  private static <C> void checkGraphs(
      BiFunction<GraphApi, SimilarityGraph, C> checks, Consumer<C> check) {
    for (Corpus corpus : CORPORA) {
      GraphApi graph = new GraphApi(api, corpus.collection());
      check.accept(checks.apply(graph, SimilarityGraph.exported(graph)));
    }
  }

  @Test
  void aSecondImportMakesNoVersionNoEventAndNoModelCall() throws Exception {
    long versions = database.number("select sum(version) from content.document");
    List<String> rows = database.derivedRows();
    int inputs = model.inputs().size();
    try (Connection nats = Patiently.connect(stack.nats().url())) {
      long events = lastSequence(nats, Streams.CONTENT);

      for (Corpus corpus : CORPORA) {
        ImportSummary summary = corpus.importInto(client);
        assertEquals(summary.documents(), summary.unchanged());
      }

      assertEquals(0, database.number("select count(*) from content.outbox"));
      assertEquals(events, lastSequence(nats, Streams.CONTENT));
    }
    assertEquals(versions, database.number("select sum(version) from content.document"));
    assertEquals(inputs, model.inputs().size());
    assertEquals(rows, database.derivedRows());
  }

  @Test
  void replayingAllEventsChangesNoRowAndCallsNoModel() throws Exception {
    List<String> rows = database.derivedRows();
    int inputs = model.inputs().size();
    try (Connection nats = Patiently.connect(stack.nats().url())) {
      replay(nats, Subjects.CONTENT_CHANGED_ALL);
      replay(nats, Subjects.FEATURES_CHANGED_ALL);
      awaitConsumed(nats, Streams.CONTENT, Streams.EMBEDDING_WORKER);
      awaitConsumed(nats, Streams.FEATURES, Streams.GRAPH_SERVICE);
    }
    assertEquals(inputs, model.inputs().size());
    assertEquals(rows, database.derivedRows());
  }

  /** Publishes every event of a stream once more, as an event of its own. */
  private static void replay(Connection nats, String subject) throws Exception {
    JetStreamSubscription all =
        nats.jetStream().subscribe(subject, PushSubscribeOptions.builder().ordered(true).build());
    List<Message> events = new ArrayList<>();
    do {
      Message next = all.nextMessage(NEXT_EVENT);
      assertNotNull(next, () -> "only " + events.size() + " on " + subject);
      events.add(next);
    } while (events.getLast().metaData().pendingCount() > 0);
    all.unsubscribe();
    assertTrue(events.size() >= CORPORA.size(), "only " + events.size() + " on " + subject);
    for (Message event : events) {
      nats.jetStream().publish(event.getSubject(), event.getData());
    }
  }

  private static void awaitConsumed(Connection nats, String stream, String consumer)
      throws IOException {
    JetStreamManagement management = nats.jetStreamManagement();
    Awaitility.await(consumer + " to have dealt with the replay")
        .atMost(LIMIT)
        .until(
            () -> management.getConsumerInfo(stream, consumer),
            info -> info.getNumPending() == 0 && info.getNumAckPending() == 0);
  }

  private static long lastSequence(Connection nats, String stream) throws Exception {
    return nats.jetStreamManagement().getStreamInfo(stream).getStreamState().getLastSequence();
  }
}
