package relata.local.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import relata.local.bulk.BulkImport;
import relata.local.bulk.ImportSummary;
import relata.local.client.CollectionStatus;
import relata.local.client.RelataClient;

/** The documents in a running Relata, whole, and asked as any client asks. */
final class SearchedCollection {
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration TELL = Duration.ofSeconds(10);

  /** Longer than the wait of a document that failed once, and the sweep after it. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int MOST_REJECTIONS = 3;

  private final RelataClient client;
  private final String name;
  private final Consumer<String> messages;

  SearchedCollection(RelataClient client, String name, Consumer<String> messages) {
    this.client = client;
    this.name = name;
    this.messages = messages;
  }

  /**
   * Imports what is not there yet and waits until all is searchable.
   *
   * @param recipe what is not to be the default, if the collection is new
   * @throws IllegalStateException if a document cannot be searched, or there are others besides:
   *     the figures would be of another collection
   */
  void fill(JudgedCollection.Documents documents, ObjectNode recipe)
      throws IOException, InterruptedException {
    client.ensureCollection(name, recipe);
    AtomicLong rejections = new AtomicLong();
    BulkImport bulk =
        new BulkImport(
            client,
            name,
            rejection -> {
              if (rejections.getAndIncrement() < MOST_REJECTIONS) {
                messages.accept(rejection.location() + ": " + rejection.detail());
              }
            });
    documents.read(document -> bulk.accept(document.forImport()));
    ImportSummary summary = bulk.finish();
    messages.accept("Imported into " + name + ": " + summary + ".");
    if (summary.rejected() > 0) {
      throw new IllegalStateException(
          summary.rejected() + " documents were not taken; nothing is measured.");
    }
    CollectionStatus settled = settled();
    if (settled.dead() > 0 || settled.documents() != summary.documents()) {
      throw new IllegalStateException(
          "%s has %d documents, %d of them dead, and not the %d that were imported."
              .formatted(name, settled.documents(), settled.dead(), summary.documents()));
    }
  }

  private CollectionStatus settled() throws InterruptedException {
    CollectionStatus status = CollectionStatus.of(client.status(name));
    long movedAt = System.nanoTime();
    long toldAt = movedAt;
    while (!status.isSettled()) {
      Thread.sleep(LOOK);
      CollectionStatus now = CollectionStatus.of(client.status(name));
      if (now.ready() != status.ready() || now.linked() != status.linked()) {
        movedAt = System.nanoTime();
      } else if (System.nanoTime() - movedAt > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%d of %d documents are ready, and for %d s no more came."
                .formatted(now.ready(), now.documents(), PATIENCE.toSeconds()));
      }
      status = now;
      if (System.nanoTime() - toldAt > TELL.toNanos()) {
        toldAt = System.nanoTime();
        messages.accept("%d of %d documents".formatted(status.ready(), status.documents()));
      }
    }
    return status;
  }

  /** The recipe that serves. */
  JsonNode recipe() {
    return client.collection(name).path("recipe");
  }

  /**
   * The best documents of each query.
   *
   * @param system its name in the report
   * @param mode {@code hybrid}, {@code semantic} or {@code lexical}
   * @param weights of a hybrid search
   * @throws IllegalStateException if the answer to one is not what was asked for
   */
  Rankings ask(List<JudgedQuery> queries, String system, String mode, Weights weights) {
    List<List<String>> rankings = new ArrayList<>();
    for (JudgedQuery query : queries) {
      JsonNode answer = client.search(name, question(query, mode, weights));
      if (answer.path("notice").isTextual()) {
        throw new IllegalStateException(
            "Query %s: %s".formatted(query.id(), answer.get("notice").asText()));
      }
      List<String> ids = new ArrayList<>();
      answer.path("hits").forEach(hit -> ids.add(hit.path("id").asText()));
      rankings.add(ids);
    }
    return new Rankings(system, rankings);
  }

  private static ObjectNode question(JudgedQuery query, String mode, Weights weights) {
    ObjectNode question =
        JsonNodeFactory.instance
            .objectNode()
            .put("text", query.text())
            .put("mode", mode)
            .put("limit", Measure.DEPTH);
    question
        .putObject("weights")
        .put("semantic", weights.semantic())
        .put("lexical", weights.lexical());
    return question;
  }
}
