package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;

/** Two workers and two graph-services on one database and one broker. */
final class ReplicasIT {
  private static final int DOCUMENTS = 200;
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @TempDir static Path data;
  private static ModelProxy model;
  private static RelataStack stack;
  private static Api api;
  private static Database database;

  @BeforeAll
  static void start() {
    model = ModelProxy.start();
    stack =
        RelataStack.start(
            Patience.with(StackOptions.in(data)).withReplicas(2, 2).withModelRoute(model::route),
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

  @Test
  void shareTheWorkAndAgreeOnTheGraph() throws Exception {
    api.createCollection("shared");
    concurrently(i -> assertEquals("created", put(i, "first")));
    api.awaitSettled("shared", LIMIT);

    List<String> inputs = model.inputs();
    assertEquals(2 * DOCUMENTS, inputs.size(), "a title and a paragraph of each, once");
    assertEquals(inputs.size(), inputs.stream().distinct().count());
    checkGraph("after the import");

    concurrently(
        i -> {
          if (i % 10 == 0) {
            api.deleteDocument("shared", "d" + i);
          } else if (i % 3 == 0) {
            put(i, "second");
          }
        });
    api.awaitSettled("shared", LIMIT);
    awaitNoOrphans();
    checkGraph("after edits and deletes");
  }

  private void checkGraph(String when) {
    long generation = database.activeGeneration("shared");
    var vectors = database.vectors(generation);
    var stored = database.neighbors(generation);
    assertTrue(stored.size() > DOCUMENTS / 2, "only " + stored.size() + " documents have a list");
    new NeighborOracle(0.6, 10).check(vectors, stored, when);
  }

  /** A deleted document is out of the status at once; its features follow. */
  private void awaitNoOrphans() {
    Awaitility.await()
        .atMost(LIMIT)
        .until(
            () ->
                database.number(
                    "select (select count(*) from graph.node n where not exists"
                        + " (select from content.document d where d.id = n.document_id))"
                        + " + (select count(*) from feature.document_state s where not exists"
                        + " (select from content.document d where d.id = s.document_id))"),
            left -> left == 0);
  }

  /**
   * Texts of a few topics, so that lists are full and change; each text differs from the others.
   */
  private static String put(int i, String edition) {
    List<String> topics =
        List.of("sailing boats", "steam engines", "wild mushrooms", "night trains", "sourdough");
    String topic = topics.get(i % topics.size());
    return api.put(
        "shared",
        "d" + i,
        "Note " + i + " about " + topic,
        "The %s entry number %d tells what %s need in week %d."
            .formatted(edition, i, topic, i % 53));
  }

  private static void concurrently(IntConsumer work) throws Exception {
    try (var executor = Executors.newFixedThreadPool(4)) {
      var tasks =
          IntStream.range(0, DOCUMENTS)
              .mapToObj(i -> executor.submit(() -> work.accept(i)))
              .toList();
      for (var task : tasks) {
        task.get();
      }
    }
  }
}
