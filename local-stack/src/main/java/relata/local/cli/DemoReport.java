package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import relata.local.bulk.ImportSummary;
import relata.local.client.CollectionStatus;
import relata.local.client.RelataClient;
import relata.local.stack.RelataStack;

/** What the demo says at its end. */
final class DemoReport {
  private static final int PAGE = 1000;
  private static final int MOST_NAMED = 5;

  /** Asked for again and again while nothing moves. */
  private static final int MOST_LOOKED_AT = 100;

  private DemoReport() {}

  /** False if a document is neither ready nor skipped, or not linked. */
  static boolean printOutcome(
      PrintWriter out, RelataClient client, RelataStack stack, List<CollectionStatus> statuses) {
    boolean complete = true;
    for (CollectionStatus status : statuses) {
      out.printf(
          "%s: %d documents, %d ready, %d skipped, %d linked.%n",
          status.collection(),
          status.documents(),
          status.ready(),
          status.skipped(),
          status.linked());
      if (!status.isComplete()) {
        complete = false;
        out.printf(
            "%s is not complete: %d dead, %d failed, %d waiting.%n",
            status.collection(),
            status.dead(),
            status.failed(),
            status.pending() + status.processing());
        printIncomplete(out, client, status.collection());
      }
    }
    if (!complete) {
      printWarnings(out, stack.workers().getFirst().logFile());
    }
    out.flush();
    return complete;
  }

  /** A rate is only told of what was done this time. */
  static String speed(ImportSummary imported, double seconds) {
    return imported.changed() == 0
        ? "All documents were there already: %d in %.1f s.".formatted(imported.unchanged(), seconds)
        : "%d documents from file to searchable and linked in %.1f s: %.0f documents/s."
            .formatted(imported.changed(), seconds, imported.changed() / seconds);
  }

  /** Where to go on from here. */
  static void printWhere(PrintWriter out, RelataStack stack, DemoData example) {
    out.println();
    out.println(
        "The API answers at " + stack.url() + "; its OpenAPI: " + stack.url() + "/q/openapi");
    out.printf(
        "  curl -s %s/v1/collections/%s/search -H 'Content-Type: application/json' -d '%s'%n",
        stack.url(), example.collection(), quoted(example.searches().getFirst()));
    out.println("Data and logs: " + stack.dataDirectory());
    out.flush();
  }

  /** As JSON inside a shell's single quotes: a title may have quotes of both kinds. */
  static String quoted(String words) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("text", words)
        .toString()
        .replace("'", "'\\''");
  }

  /** What the worker last said of the model server, else the error of a document that failed. */
  static Optional<String> reason(RelataClient client, RelataStack stack, String collection) {
    return new WorkerWarnings(stack.workers().getFirst().logFile())
        .aboutModelServer()
        .or(() -> firstFailure(client, collection));
  }

  /**
   * The error of a document that failed, if one is among the collection's first. A model that is
   * missing is written down with the document and not in the log.
   */
  static Optional<String> firstFailure(RelataClient client, String collection) {
    for (JsonNode document : client.documents(collection, MOST_LOOKED_AT, "").path("documents")) {
      if (document.path("state").asText().equals("failed")) {
        Optional<String> failure =
            failure(client.features(collection, document.path("id").asText()));
        if (failure.isPresent()) {
          return failure;
        }
      }
    }
    return Optional.empty();
  }

  /** What the features of a document tell of its error. */
  static Optional<String> failure(JsonNode features) {
    String reason = features.path("error").path("reason").asText("");
    return reason.isEmpty()
        ? Optional.empty()
        : Optional.of(features.path("id").asText() + ": " + reason);
  }

  /** The worker knows why; its last words are mostly the reason. */
  private static void printWarnings(PrintWriter out, Path log) {
    out.println("The reasons are in " + log + ", the last:");
    new WorkerWarnings(log).last(MOST_NAMED).forEach(line -> out.println("  " + line));
  }

  private static void printIncomplete(PrintWriter out, RelataClient client, String collection) {
    int named = 0;
    String after = "";
    do {
      JsonNode page = client.documents(collection, PAGE, after);
      for (JsonNode document : page.path("documents")) {
        String state = document.path("state").asText();
        if (!state.equals("ready") && !state.equals("skipped") && named < MOST_NAMED) {
          named++;
          out.printf(
              "  %s %s %s%n",
              state, document.path("id").asText(), document.path("error").asText(""));
        }
      }
      after = page.path("next").isTextual() ? page.get("next").asText() : "";
    } while (named < MOST_NAMED && !after.isEmpty());
  }
}
