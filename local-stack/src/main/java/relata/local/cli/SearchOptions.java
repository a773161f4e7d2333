package relata.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a search goes about it. What only the API can tell to be wrong, it says. */
final class SearchOptions {
  private static final int MOST_HITS = 100;

  /** How far a ranking goes down by itself, and how far it can. */
  private static final int DEPTH = 100;

  private static final int GREATEST_DEPTH = 1000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "hybrid",
      converter = SearchMode.Spelling.class,
      description = "hybrid, semantic or lexical. Default: ${DEFAULT-VALUE}.")
  private SearchMode mode;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "10",
      description = "Hits of a collection. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--page",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which so many of them. Default: ${DEFAULT-VALUE}.")
  private int page;

  @Option(
      names = "--filter",
      paramLabel = "CONDITION",
      description =
          "Of the metadata: path=value, path=a|b, path>=number (or >, <, <=), path, !path. All of"
              + " several must hold.")
  private List<String> filter = List.of();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      split = ",",
      description = "title, description, paragraph, list, heading, table, code.")
  private List<String> kinds = List.of();

  @Option(
      names = "--weight",
      paramLabel = "RANKING=NUMBER",
      split = ",",
      description = "How much semantic and lexical count in a hybrid search. Default: 1.")
  private Map<String, Double> weights = Map.of();

  @Option(
      names = "--highlights",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Pieces of each text, with the words that were found. Default: ${DEFAULT-VALUE}.")
  private int highlights;

  @Option(
      names = "--diversity",
      paramLabel = "D",
      description = "0 to 1: how much hits that are unlike those before them come first.")
  private Double diversity;

  @Option(names = "--rerank", description = "Let the installed re-ranker have a second look.")
  private boolean rerank;

  @Option(names = "--explain", description = "Say what each score was made from.")
  private boolean explain;

  int page() {
    return page;
  }

  /** The search as the API takes it, but for what is looked for. */
  ObjectNode body() {
    require(limit >= 1 && limit <= MOST_HITS, "--limit must be 1 to " + MOST_HITS);
    require(
        page >= 1 && page <= GREATEST_DEPTH / limit,
        "--page must be 1 to %d with a limit of %d".formatted(GREATEST_DEPTH / limit, limit));
    ObjectNode body =
        new ObjectMapper().createObjectNode().put("mode", mode.spelling()).put("limit", limit);
    if (!filter.isEmpty() || !kinds.isEmpty()) {
      ObjectNode narrowed = body.putObject("filter");
      if (!filter.isEmpty()) {
        narrowed.set("metadata", metadata());
      }
      if (!kinds.isEmpty()) {
        kinds.forEach(narrowed.putArray("kinds")::add);
      }
    }
    if (!weights.isEmpty()) {
      weights.forEach(body.putObject("weights")::put);
    }
    body.put("highlights", highlights);
    if (diversity != null) {
      body.put("diversity", diversity);
    }
    if (rerank) {
      body.put("rerank", true);
    }
    if (explain) {
      body.put("explain", true);
    }
    if (page * limit > DEPTH) {
      body.put("depth", page * limit);
    }
    return body;
  }

  private ObjectNode metadata() {
    try {
      return MetadataFilter.of(filter);
    } catch (IllegalArgumentException unreadable) {
      throw new ParameterException(
          command.commandLine(),
          "--filter %s, not \"%s\".".formatted(MetadataFilter.FORMS, unreadable.getMessage()));
    }
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new ParameterException(command.commandLine(), otherwise + ".");
    }
  }
}
