package relata.local.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/**
 * A collection of a whole stack of which every document is linked and found.
 *
 * @param documents 0 to {@code documents} - 1 of {@link #CORPUS}
 * @param start just before the first write
 * @param written how long the writes took
 */
record LinkedCollection(
    BenchStack stack, long generation, int documents, Instant start, Duration written) {
  static final String NAME = "documents";
  static final Corpus CORPUS = new Corpus("first");

  /** Of 100,000 texts each has about twelve others that are similar enough for an edge. */
  private static final double LEAST_SIMILARITY = 0.7;

  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration TELL = Duration.ofSeconds(10);

  /** Longer than the sweep takes to bring what events had missed. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /**
   * Writes the documents and waits until all are linked.
   *
   * @throws IllegalStateException if their number does not grow any more before that
   */
  static LinkedCollection load(BenchStack stack, int documents)
      throws SQLException, InterruptedException, ExecutionException {
    stack.say("Writing %,d documents.".formatted(documents));
    stack.client().ensureCollection(NAME, recipe());
    BulkLoad.Written written = BulkLoad.run(stack, NAME, documents, CORPUS::line);
    long generation = stack.features().activeGeneration(NAME);
    awaitLinked(stack, generation, documents);
    return new LinkedCollection(stack, generation, documents, written.start(), written.took());
  }

  private static ObjectNode recipe() {
    ObjectNode recipe = JsonNodeFactory.instance.objectNode();
    recipe.putObject("edges").put("minSimilarity", LEAST_SIMILARITY);
    return recipe;
  }

  static void awaitLinked(BenchStack stack, long generation, int documents)
      throws SQLException, InterruptedException {
    long linked = 0;
    long grewAt = System.nanoTime();
    long toldAt = grewAt;
    while (linked < documents) {
      Thread.sleep(LOOK);
      // Versions are compared once all are there: each time would take the database from the
      // others.
      long now = stack.links().nodes(generation);
      if (now >= documents) {
        now = stack.links().linked(generation);
      }
      if (now > linked) {
        grewAt = System.nanoTime();
      } else if (System.nanoTime() - grewAt > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%d of %d documents are linked, and for %d s no more came. Log: %s"
                .formatted(now, documents, PATIENCE.toSeconds(), stack.graph().logFile()));
      }
      linked = now;
      if (System.nanoTime() - toldAt > TELL.toNanos()) {
        toldAt = System.nanoTime();
        stack.say(
            "%,d of %,d documents linked, %,d with features"
                .formatted(linked, documents, stack.features().settled(generation)));
      }
    }
  }
}
