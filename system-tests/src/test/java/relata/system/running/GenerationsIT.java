package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import relata.local.client.RelataClient;
import relata.system.running.SharedStack.Running;

/** Recipes that change under a collection of real documents. */
@ExtendWith(SharedStack.class)
final class GenerationsIT {
  private static final Duration LIMIT = Duration.ofMinutes(4);
  private static final int DOCUMENTS = 250;
  private static final String DOCS = "generations";
  private static final Map<String, ?> MANUAL = Map.of("switch", "manual");

  private static ModelProxy model;
  private static Api api;
  private static GenerationsApi generations;
  private static Database database;

  private long served;

  @BeforeAll
  static void importDocuments(Running running) throws IOException {
    model = running.model();
    api = running.api();
    generations = running.generations();
    database = running.database();
    try (RelataClient client = new RelataClient(running.stack().url())) {
      Corpus.abstracts(DOCS, DOCUMENTS).importInto(client);
    }
    api.awaitSettled(DOCS, LIMIT);
  }

  @BeforeEach
  void theDefaultRecipeIsServed() {
    served = generations.become(DOCS, Map.of(), LIMIT);
    api.awaitSettled(DOCS, LIMIT);
    model.forgetInputs();
  }

  @Test
  void aPlanSaysWhatHasToBeMadeAnew() {
    List<Long> before = generations.ids(DOCS);
    int documents = api.status(DOCS).getInt("documents");
    long chunks = new Derived(database, served).chunks();

    assertPlan("none", 0, 0, generations.plan(DOCS, Map.of()));
    assertPlan("edges", 0, 0, generations.plan(DOCS, Map.of("edges", Map.of("maxNeighbors", 3))));
    assertPlan("descriptions", documents, documents, generations.plan(DOCS, described("v1")));
    assertPlan("everything", 0, chunks, generations.plan(DOCS, prefixed("Plan: ", Map.of())));

    assertEquals(before, generations.ids(DOCS));
    assertEquals(List.of(), model.inputs());
  }

  @Test
  void aChangeOfEdgesAloneAsksNoModel() {
    Map<String, ?> edges = Map.of("minSimilarity", 0.5, "maxNeighbors", 5);
    long other = generations.become(DOCS, Map.of("edges", edges), LIMIT);

    assertNotEquals(served, other);
    assertEquals(List.of(), model.inputs());
    Derived made = new Derived(database, other);
    made.assertCurrent();
    made.assertLinked(0.5, 5);
    assertEquals(new Derived(database, served).chunks(), made.chunks());
  }

  @Test
  void aChangeOfTheLanguageAsksNoModelAndFindsItsWords() {
    api.put(DOCS, "houses", "Notizen", "Die alten Häuser am Hafen.");
    api.awaitSettled(DOCS, LIMIT);
    model.forgetInputs();
    assertPlan("index", 0, 0, generations.plan(DOCS, Map.of("language", "de")));
    assertEquals(List.of(), api.search(DOCS, "Haus", "lexical").getList("hits.id"));

    long other = generations.become(DOCS, Map.of("language", "de"), LIMIT);

    assertNotEquals(served, other);
    assertEquals(List.of(), model.inputs());
    new Derived(database, other).assertCurrent();
    assertEquals(List.of("houses"), api.search(DOCS, "Haus", "lexical").getList("hits.id"));
    api.deleteDocument(DOCS, "houses");
  }

  @Test
  void descriptionsAloneAreWrittenAndEmbeddedWhenOnlyTheyAreNew() {
    long other = generations.become(DOCS, described("v1"), LIMIT);

    Derived made = new Derived(database, other);
    made.assertCurrent();
    made.assertLinked(0.6, 10);
    List<String> descriptions = made.texts("description");
    assertEquals(api.status(DOCS).getInt("documents"), made.described());
    assertEquals(new HashSet<>(model.prompts()).size(), model.prompts().size(), "asked twice");
    Set<String> unknown = new HashSet<>(descriptions);
    // One that says no more than the title has its vector already.
    unknown.removeAll(new Derived(database, served).texts("%"));
    assertEquals(unknown, new HashSet<>(model.inputs()));
    assertEquals(new HashSet<>(model.inputs()).size(), model.inputs().size(), "embedded twice");
  }

  @Test
  void whatIsWrittenDuringABuildIsRightInBoth() throws Exception {
    api.put(DOCS, "edited", "Edited", "It says what it said at first.");
    api.put(DOCS, "deleted", "Deleted", "It will not stay.");
    api.awaitSettled(DOCS, LIMIT);

    ModelProxy.Hold hold = model.holdBack("During: ");
    long building = generations.change(DOCS, prefixed("During: ", MANUAL));
    hold.awaitAsked(LIMIT);
    api.put(DOCS, "edited", "Edited", "It says something else by now.");
    api.deleteDocument(DOCS, "deleted");
    api.put(DOCS, "written", "Written", "It came while a generation was building.");
    hold.letGo();
    generations.awaitWhole(DOCS, building, LIMIT);
    api.awaitSettled(DOCS, LIMIT);

    for (long generation : List.of(served, building)) {
      Derived derived = new Derived(database, generation);
      awaitCurrent(derived);
      derived.assertLinked(0.6, 10);
      assertEquals(
          List.of("Edited", "It says something else by now."), derived.textsOf(DOCS, "edited"));
      assertEquals(
          List.of("Written", "It came while a generation was building."),
          derived.textsOf(DOCS, "written"));
    }
    generations.step(DOCS, building, "cancel");
  }

  @Test
  void aBuildRestsWhileItIsPausedAndLeavesNothingWhenItIsCancelled() throws Exception {
    ModelProxy.Hold hold = model.holdBack("Paused: ");
    long building = generations.change(DOCS, prefixed("Paused: ", MANUAL));
    hold.awaitAsked(LIMIT);
    generations.step(DOCS, building, "pause");
    hold.letGo();
    awaitNobodyAtWork(building);
    int asked = model.inputs().size();
    long made = new Derived(database, building).chunks();

    // Longer than several sweeps of the worker.
    Awaitility.await()
        .during(Duration.ofSeconds(12))
        .atMost(Duration.ofSeconds(30))
        .until(() -> model.inputs().size() == asked);
    assertEquals(made, new Derived(database, building).chunks());
    assertTrue(generations.get(DOCS, building).getBoolean("paused"));
    assertFalse(generations.get(DOCS, building).getBoolean("whole"));

    generations.step(DOCS, building, "resume");
    generations.awaitWhole(DOCS, building, LIMIT);
    new Derived(database, building).assertCurrent();

    generations.step(DOCS, building, "cancel");
    generations.awaitState(DOCS, building, "cancelled", LIMIT);
    new Derived(database, building).awaitErased(LIMIT);
    assertEquals(served, api.collection(DOCS).getLong("generation"));
  }

  @Test
  void switchAndRollbackShowNoHole() throws Exception {
    Map<String, ?> recipe =
        Map.of(
            "describe", Map.of("model", "extract"),
            "embed", Map.of("documentPrefix", "Abstract: "),
            "edges", Map.of("minSimilarity", 0.55, "maxNeighbors", 7),
            "gate", MANUAL);
    long other = generations.change(DOCS, recipe);
    generations.awaitWhole(DOCS, other, LIMIT);

    try (ReadLoad load = load(served, other)) {
      awaitAnswersOf(load, served);
      generations.step(DOCS, other, "switch");
      awaitAnswersOf(load, other);
      assertServed(other, true);

      api.put(DOCS, "meanwhile", "Meanwhile", "Written while the other generation was served.");
      api.awaitSettled(DOCS, LIMIT);
      generations.step(DOCS, served, "rollback");
      generations.awaitState(DOCS, served, "active", LIMIT);
      assertServed(served, false);
      assertTrue(found("other generation was served").contains("meanwhile"));

      generations.step(DOCS, other, "rollback");
      generations.awaitState(DOCS, other, "active", LIMIT);
      assertServed(other, true);

      load.close();
      load.check();
      assertEquals(Set.of(served, other), load.generations());
    }
    api.awaitSettled(DOCS, LIMIT);
    new Derived(database, other).assertCurrent();
    new Derived(database, other).assertLinked(0.55, 7);
  }

  @Test
  void aRetiredGenerationIsErasedWhenItsTimeIsOver() {
    Map<String, ?> edges = Map.of("minSimilarity", 0.7, "maxNeighbors", 4);
    long other = generations.become(DOCS, Map.of("edges", edges), LIMIT);
    generations.awaitState(DOCS, served, "retired", LIMIT);
    Derived retired = new Derived(database, served);
    assertTrue(retired.chunks() > 0, "it is kept for a rollback");

    // As if the time had passed: it is a day by default.
    database.update(
        "update content.generation set erase_after = now() - interval '1 second' where id = ?",
        served);

    retired.awaitErased(LIMIT);
    Response refused = generations.tryStep(DOCS, served, "rollback", true);
    assertEquals(409, refused.statusCode());
    assertTrue(refused.jsonPath().getString("detail").contains("erased"), refused::asString);
    Derived active = new Derived(database, other);
    active.assertCurrent();
    active.assertLinked(0.7, 4);
  }

  private static void assertPlan(String change, long describe, long embed, JsonPath plan) {
    assertEquals(change, plan.getString("change"), plan::prettify);
    assertEquals(api.status(DOCS).getInt("documents"), plan.getInt("documents"));
    assertEquals(describe, plan.getLong("documentsToDescribe"), plan::prettify);
    assertEquals(embed, plan.getLong("chunksToEmbed"), plan::prettify);
  }

  /** Search, neighbours and features are all of one generation, and so is what they show. */
  private static void assertServed(long generation, boolean isDescribed) {
    JsonPath features = api.features(DOCS, samples(generation).getFirst().getKey());
    assertEquals(generation, features.getLong("generation"));
    assertEquals(isDescribed, features.get("description") != null, features::prettify);
    String words = samples(generation).getFirst().getValue();
    assertEquals(generation, api.search(DOCS, words, "hybrid").getLong("generation"));
    assertEquals(
        database.neighbors(generation).values().stream().mapToInt(List::size).max().orElse(0),
        isDescribed ? 7 : 10);
  }

  private static ReadLoad load(long one, long other) {
    List<Map.Entry<String, String>> both = new ArrayList<>(samples(one));
    both.retainAll(samples(other));
    List<Map.Entry<String, String>> some = both.stream().limit(20).toList();
    return new ReadLoad(
        api.url(),
        DOCS,
        some.stream().map(Map.Entry::getValue).limit(3).toList(),
        some.stream().map(Map.Entry::getKey).toList());
  }

  /** Id and title of the documents that have neighbours. */
  private static List<Map.Entry<String, String>> samples(long generation) {
    return database.query(
        """
        select distinct d.external_id, d.title
          from graph.neighbor n join content.document d on d.id = n.document_id
         where n.generation_id = ? order by 1
        """,
        row -> Map.entry(row.getString(1), row.getString(2)),
        generation);
  }

  private static void awaitAnswersOf(ReadLoad load, long generation) {
    int answers = load.answers();
    Awaitility.await()
        .atMost(LIMIT)
        .until(() -> load.answers() > answers + 50 && load.generations().contains(generation));
  }

  /** What was on its way when the pause came may end; what is left is nobody's. */
  private static void awaitNobodyAtWork(long generation) {
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () ->
                database.number(
                    "select count(*) from feature.document_state"
                        + " where generation_id = ? and state = 'processing'",
                    generation),
            count -> count == 0);
  }

  /** Orphans go a moment after their document. */
  private static void awaitCurrent(Derived derived) {
    Awaitility.await().atMost(LIMIT).untilAsserted(derived::assertCurrent);
  }

  private static List<String> found(String words) {
    return api.search(DOCS, words, "lexical").getList("hits.id");
  }

  private static Map<String, ?> described(String prompt) {
    return Map.of("describe", Map.of("model", "extract", "prompt", prompt));
  }

  private static Map<String, ?> prefixed(String prefix, Map<String, ?> gate) {
    return Map.of("embed", Map.of("documentPrefix", prefix), "gate", gate);
  }
}
