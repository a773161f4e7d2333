package relata.system.running;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.client.ApiException;
import relata.local.client.RelataClient;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;

/**
 * Claims, and the deletion of events that were published, are committed without waiting for the
 * disk. A crash of PostgreSQL undoes the last of them, and that may cost work, but nothing else.
 */
final class DatabaseCrashIT {
  private static final String COLLECTION = "crashed";
  private static final int DOCUMENTS = 1000;
  private static final int BATCH = 50;
  private static final int LATE = 40;
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path data;
  private static ModelProxy model;
  private static RelataStack stack;
  private static RelataClient client;
  private static Api api;
  private static CrashingDatabase postgres;

  @BeforeAll
  static void start() {
    model = ModelProxy.start();
    stack =
        RelataStack.start(
            Patience.with(StackOptions.in(data)).withModelRoute(model::route), System.out::println);
    client = new RelataClient(stack.url());
    api = new Api(stack.url());
    postgres = new CrashingDatabase(stack);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      client.close();
      stack.close();
      postgres.close();
    }
    model.close();
  }

  @Test
  void whatACrashOfTheDatabaseUndoesIsDoneAgainAndNothingIsStoredTwice() throws Exception {
    api.createCollection(COLLECTION);
    crashDuringAnImport();
    crashWhenClaimsAreNotOnDisk();

    api.awaitSettled(COLLECTION, LIMIT);
    Derived derived =
        new Derived(postgres.tables(), postgres.tables().activeGeneration(COLLECTION));
    derived.assertCurrent();
    assertEquals(expectedTexts(), derived.texts("%").stream().sorted().toList());
    derived.assertLinked(0.6, 10);
    assertEquals(List.of(), vectorsThatTheModelDoesNotGive(derived.generation()));
    await()
        .atMost(LIMIT)
        .until(
            () ->
                postgres
                    .tables()
                    .number(
                        "select (select count(*) from content.outbox)"
                            + " + (select count(*) from feature.outbox)"),
            left -> left == 0);
  }

  /** Whoever imports meets errors, and sends the same again. */
  private static void crashDuringAnImport() throws Exception {
    postgres.flushNothingByItself();
    try (ExecutorService importer = Executors.newSingleThreadExecutor()) {
      CountDownLatch featuresAreMade = new CountDownLatch(1);
      Future<?> imported = importer.submit(() -> importAll(featuresAreMade));
      await().atMost(LIMIT).until(() -> api.status(COLLECTION).getInt("ready") >= DOCUMENTS / 10);
      featuresAreMade.countDown();
      assertFalse(imported.isDone(), "it was to crash in the middle of the import");
      postgres.crash();
      postgres.restart();
      imported.get();
    }
    api.awaitSettled(COLLECTION, LIMIT);
  }

  /** Nothing is committed behind the claims, for no answer of the model comes. */
  private static void crashWhenClaimsAreNotOnDisk() throws Exception {
    postgres.flushNothingByItself();
    ModelProxy.Hold hold = model.holdBack("late entry");
    try {
      client.bulk(COLLECTION, lines(DOCUMENTS, DOCUMENTS + LATE));
      hold.awaitAsked(LIMIT);
      await()
          .atMost(LIMIT)
          .until(
              () -> postgres.tables().number("select count(*) from content.outbox"),
              left -> left == 0);
      Set<String> claims = claims(postgres.tables());
      postgres.crash();
      postgres.lookAtWhatIsLeft(
          left -> {
            Set<String> lost = new TreeSet<>(claims);
            lost.removeAll(claims(left));
            assertFalse(lost.isEmpty(), "no claim was lost");
            assertEquals(
                LATE, left.number("select count(*) from content.outbox"), "events that are back");
            assertEquals(
                DOCUMENTS + LATE, left.number("select count(*) from content.document"), "writes");
          });
      postgres.restart();
    } finally {
      hold.letGo();
    }
  }

  private static Set<String> claims(Database tables) {
    return new TreeSet<>(
        tables.query(
            "select claim::text from feature.document_state where state = 'processing'",
            row -> row.getString(1)));
  }

  /** The second half waits for features of the first, so that a crash meets both. */
  private static Void importAll(CountDownLatch featuresAreMade) throws InterruptedException {
    for (int from = 0; from < DOCUMENTS; from += BATCH) {
      if (from == DOCUMENTS / 2) {
        assertTrue(featuresAreMade.await(LIMIT.toSeconds(), TimeUnit.SECONDS), "no features");
      }
      List<String> lines = lines(from, from + BATCH);
      await()
          .atMost(LIMIT)
          .ignoreException(ApiException.class)
          .until(() -> client.bulk(COLLECTION, lines).size() == BATCH);
    }
    return null;
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                "{\"id\":\"d%d\",\"title\":\"%s\",\"body\":\"%s\"}".formatted(i, title(i), body(i)))
        .toList();
  }

  private static List<String> expectedTexts() {
    return IntStream.range(0, DOCUMENTS + LATE)
        .boxed()
        .flatMap(i -> Stream.of(title(i), body(i)))
        .sorted()
        .toList();
  }

  private static String title(int i) {
    return "Note " + i + " about " + topic(i);
  }

  private static String body(int i) {
    return "The %s entry number %d tells what %s need in week %d."
        .formatted(i < DOCUMENTS ? "early" : "late", i, topic(i), i % 53);
  }

  private static String topic(int i) {
    List<String> topics =
        List.of("sailing boats", "steam engines", "wild mushrooms", "night trains", "sourdough");
    return topics.get(i % topics.size());
  }

  /** Asks the model server itself, for each text that is stored. */
  private static List<String> vectorsThatTheModelDoesNotGive(long generation) throws Exception {
    Map<String, float[]> stored = postgres.tables().vectorsOfTexts(generation);
    List<String> texts = List.copyOf(stored.keySet());
    List<String> wrong = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> asked = texts.subList(from, Math.min(from + BATCH, texts.size()));
      float[][] answered =
          JSON.treeToValue(
              JSON.readTree(
                      Api.json(stack.model().orElseThrow().url())
                          .body(Map.of("model", "all-minilm", "input", asked))
                          .post("/api/embed")
                          .asString())
                  .path("embeddings"),
              float[][].class);
      for (int i = 0; i < asked.size(); i++) {
        if (!Arrays.equals(answered[i], stored.get(asked.get(i)))) {
          wrong.add(asked.get(i));
        }
      }
    }
    assertTrue(texts.size() > DOCUMENTS);
    return wrong;
  }
}
