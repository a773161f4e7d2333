package relata.graph.opensearch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.graph.edges.CommitOutcome;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.IndexAwayException;
import relata.graph.testing.Fixture;
import relata.graph.testing.RandomDocuments;
import relata.graph.testing.Replica;
import relata.graph.text.ChunkFilter;
import relata.graph.text.ChunkKey;
import relata.graph.text.Language;
import relata.graph.text.TextHit;
import relata.graph.text.TextIndex;
import relata.graph.text.TextQuery;
import relata.graph.vector.VectorIndex.Hit;
import relata.local.opensearch.OpenSearchCluster;
import relata.local.testing.BackendsResource;

/** Generations in a cluster of two nodes. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class OpenSearchIT {
  private static final String NO_NATS = "nats://127.0.0.1:1";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static OpenSearchCluster cluster;

  private Fixture fixture;
  private final List<Fixture.Generation> made = new ArrayList<>();

  @BeforeAll
  static void startNodes() {
    cluster = OpenSearchCluster.start();
  }

  @AfterAll
  static void stopNodes() {
    cluster.close();
  }

  @BeforeEach
  void open() throws Exception {
    fixture = new Fixture();
  }

  @AfterEach
  void close() throws Exception {
    for (Fixture.Generation generation : made) {
      fixture.deleteCollection(generation);
    }
    fixture.close();
  }

  @Test
  void edgesAreThoseOfAComputationFromScratchWhoeverCommits() throws Exception {
    Fixture.Generation generation = generation(0.4, 3);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 60, 11);
    List<Replica> replicas = List.of(replica(), replica());
    Random random = new Random(3);
    for (int round = 0; round < 12; round++) {
      Set<Long> changed = documents.change(25);
      commit(replicas.get(random.nextInt(2)), generation, changed);
      assertGraphIsRight(generation);
    }
    assertFalse(fixture.graph().lists(generation).isEmpty());
    String before = fixture.graph().rowPlaces(generation);
    for (Replica replica : replicas) {
      replica.sweep().run();
    }
    assertEquals(
        before, fixture.graph().rowPlaces(generation), "what is right is not written again");
  }

  @Test
  void whatIsFoundIsWhatAnEmbeddedIndexFinds() throws Exception {
    Fixture.Generation shared = generation(0.4, 3);
    Fixture.Generation embedded = fixture.generation(0.4, 3);
    made.add(embedded);
    Random random = new Random(5);
    List<String> words = List.of("garden", "planting", "roses", "compost", "harvests", "soil");
    for (long id = 1; id <= 80; id++) {
      float[][] vectors = new float[1 + random.nextInt(3)][16];
      List<String> texts = new ArrayList<>();
      for (float[] vector : vectors) {
        for (int i = 0; i < vector.length; i++) {
          vector[i] = random.nextFloat() - 0.5f;
        }
        texts.add("About %s and %s".formatted(any(words, random), any(words, random)));
      }
      String title = "The " + any(words, random);
      fixture.store(shared, id, 1, title, texts, vectors);
      fixture.store(embedded, id, 1, title, texts, vectors);
    }
    Replica replica = replica();
    replica.sweep().run();
    assertGraphIsRight(shared);
    GenerationIndex one = index(replica, shared);
    GenerationIndex other = index(replica, embedded);
    for (int i = 0; i < 20; i++) {
      float[] query = new float[16];
      for (int j = 0; j < query.length; j++) {
        query[j] = random.nextFloat() - 0.5f;
      }
      assertEquals(other.vectors().nearest(query, 10), one.vectors().nearest(query, 10));
    }
    List<TextHit> hits = one.text().search(new TextQuery.Typed("rose gardens", 10), 80);
    assertEquals(
        documents(other.text().search(new TextQuery.Typed("rose gardens", 10), 80)),
        documents(hits));
    ChunkKey best = hits.getFirst().chunk();
    assertTrue(one.text().chunks(List.of(best)).get(best).text().startsWith("About"));
    assertEquals(List.of(), one.text().search(new TextQuery.Typed("the of and", 10), 5));
    assertEquals(80, one.vectors().documentCount());
    assertEquals(other.vectors().chunkCount(), one.vectors().chunkCount());
  }

  @Test
  void wordsAreThoseOfTheLanguage() throws Exception {
    Fixture.Generation shared = fixture.inLanguage(generation(0.4, 3), "de");
    fixture.store(shared, 1, 1, "Notizen", List.of("Die alten Häuser"), new float[] {1, 0});
    fixture.store(shared, 2, 1, "Hof", List.of("Ein Haus im Freien"), new float[] {0, 1});
    Replica replica = replica();
    replica.sweep().run();
    TextIndex text = index(replica, shared).text();
    TextQuery house = new TextQuery.Typed("\"altes Haus\" Haus*", 10);
    assertEquals(Set.of(1L), documents(text.search(house, 5)));
    assertEquals(2, text.words(house).in("Ein altes Haus, viele Hausboote").size());
    assertEquals(List.of(), text.search(new TextQuery.Typed("die", 10), 5));
    assertEquals(
        Set.of(2L), documents(text.search(new TextQuery.Like(1, 10, 32, ChunkFilter.NONE), 5)));
    for (Language language : Language.values()) {
      Fixture.Generation other =
          fixture.inLanguage(generation(0.4, 3), language.name().toLowerCase(Locale.ROOT));
      fixture.store(other, 1, 1, "x", List.of("zanzibar"), new float[] {1, 0});
      replica.sweep().run();
      assertEquals(
          Set.of(1L),
          documents(index(replica, other).text().search(new TextQuery.Typed("zanzibar", 10), 5)),
          language.name());
    }
  }

  @Test
  void whatTheClusterLostIsMadeAnewAndLinkedAgain() throws Exception {
    Fixture.Generation generation = generation(0.4, 3);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 40, 17);
    documents.change(60);
    Replica replica = replica();
    replica.sweep().run();
    assertGraphIsRight(generation);

    ask("DELETE", "/relata-%d-index".formatted(generation.id()));
    GenerationIndex index = index(replica, generation);
    assertThrows(
        IndexAwayException.class, () -> index.vectors().nearest(new float[] {1, 0, 0, 1}, 3));
    // Compared with an index that has nothing of the others.
    commit(replica, generation, documents.change(5));
    assertThrows(
        IndexAwayException.class, () -> index.vectors().nearest(new float[] {1, 0, 0, 1}, 3));
    replica.sweep().run();
    replica.sweep().run();
    assertGraphIsRight(generation);
    assertEquals(3, index.vectors().nearest(new float[] {1, 0, 0, 1}, 3).size());
  }

  @Test
  void aDocumentThatSomebodyTookAwayIsFoundMissing() throws Exception {
    Fixture.Generation generation = generation(0.1, 3);
    for (long id = 1; id <= 5; id++) {
      fixture.store(generation, id, 1, new float[] {1, id});
    }
    Replica replica = replica();
    replica.sweep().run();
    ask("DELETE", "/relata-%d/_doc/3?refresh=true".formatted(generation.id()));
    fixture.store(generation, 6, 1, new float[] {1, 3});
    commit(replica, generation, Set.of(6L));

    replica.sweep().run();
    assertGraphIsRight(generation);
    assertEquals(
        List.of(3L, 6L),
        index(replica, generation).vectors().nearest(new float[] {1, 3}, 2).stream()
            .map(Hit::documentId)
            .toList());
  }

  @Test
  void anIndexGoesWithItsGeneration() throws Exception {
    Fixture.Generation generation = generation(0.4, 3);
    fixture.store(generation, 1, 1, new float[] {1, 0});
    Replica replica = replica();
    replica.sweep().run();
    String index = "/relata-%d-index".formatted(generation.id());
    assertEquals(200, ask("HEAD", index));
    fixture.state(generation, "cancelled");
    replica.sweep().run();
    assertEquals(404, ask("HEAD", index));
  }

  @Test
  void aLostNodeIsNotFeltAndALostClusterOnlyByWhoIsInIt() throws Exception {
    Fixture.Generation generation = generation(0.4, 3);
    Fixture.Generation embedded = fixture.generation(0.4, 3);
    made.add(embedded);
    RandomDocuments documents = new RandomDocuments(fixture, generation, 60, 23);
    documents.change(60);
    Replica replica = replica();
    replica.sweep().run();
    GenerationIndex index = index(replica, generation);

    cluster.loseSecond();
    try {
      assertEquals(3, index.vectors().nearest(new float[] {1, 0, 0, 1}, 3).size());
      for (int round = 0; round < 3; round++) {
        commit(replica, generation, documents.change(25));
        assertGraphIsRight(generation);
      }

      cluster.loseAll();
      assertThrows(
          IndexAwayException.class, () -> index.vectors().nearest(new float[] {1, 0, 0, 1}, 3));
      Set<Long> changed = documents.change(25);
      assertThrows(
          IndexAwayException.class, () -> replica.committer().commit(generation.id(), changed));
      fixture.store(embedded, 1, 1, new float[] {1, 0});
      fixture.store(embedded, 2, 1, new float[] {1, 1});
      replica.sweep().run();
      assertGraphIsRight(embedded);
    } finally {
      cluster.restart();
    }
    // Its shards come back after the nodes.
    await()
        .atMost(LIMIT)
        .untilAsserted(
            () -> {
              replica.sweep().run();
              assertGraphIsRight(generation);
            });
    assertEquals(3, index.vectors().nearest(new float[] {1, 0, 0, 1}, 3).size());
  }

  private Fixture.Generation generation(double minSimilarity, int maxNeighbors) throws Exception {
    Fixture.Generation generation =
        fixture.keptIn(fixture.generation(minSimilarity, maxNeighbors), "opensearch");
    made.add(generation);
    return generation;
  }

  private static Replica replica() {
    return new Replica(
        NO_NATS,
        Map.of("relata.opensearch.url", cluster.urls(), "relata.sweep.compare-shared", "PT0S"));
  }

  private static GenerationIndex index(Replica replica, Fixture.Generation generation) {
    return replica.generations().find(generation.id()).orElseThrow();
  }

  private static void commit(Replica replica, Fixture.Generation generation, Set<Long> documents)
      throws InterruptedException {
    CommitOutcome outcome = replica.committer().commit(generation.id(), documents);
    assertFalse(outcome instanceof CommitOutcome.Gone);
  }

  private void assertGraphIsRight(Fixture.Generation generation) throws Exception {
    assertEquals(fixture.oracle().lists(generation), fixture.graph().lists(generation));
    assertEquals(fixture.graph().stored(generation), fixture.graph().nodes(generation));
  }

  private static Set<Long> documents(List<TextHit> hits) {
    return hits.stream().map(TextHit::documentId).collect(Collectors.toSet());
  }

  private static String any(List<String> words, Random random) {
    return words.get(random.nextInt(words.size()));
  }

  private static int ask(String method, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(cluster.manager() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
  }
}
