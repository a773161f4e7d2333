package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import relata.local.client.RelataClient;

/** What is nearly the same. */
@Command(
    name = "duplicates",
    mixinStandardHelpOptions = true,
    header = "Shows groups of documents that are nearly the same.")
final class GraphDuplicatesCommand extends Question {
  private static final int MOST = 100;

  @Option(
      names = "--min-similarity",
      paramLabel = "S",
      defaultValue = "0.95",
      description = "From -1 to 1. Default: ${DEFAULT-VALUE}.")
  private double minSimilarity;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "Groups at most. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Override
  void check() {
    if (limit < 1 || limit > MOST) {
      throw wrong("--limit must be 1 to " + MOST + ", not " + limit + ".");
    }
    if (!(minSimilarity >= -1 && minSimilarity <= 1)) {
      throw wrong("--min-similarity must be from -1 to 1.");
    }
  }

  @Override
  JsonNode ask(RelataClient client, String collection) {
    return client.duplicates(collection, limit, minSimilarity);
  }

  @Override
  void print(PrintWriter out, JsonNode answer) {
    GraphAnswers.printDuplicates(out, answer);
  }
}
