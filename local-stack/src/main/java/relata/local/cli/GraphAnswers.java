package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;

/** The API's answers about a graph as lines for a person. */
final class GraphAnswers {
  private GraphAnswers() {}

  static void printOverview(PrintWriter out, JsonNode answer) {
    JsonNode figures = answer.path("statistics");
    JsonNode degrees = figures.path("degrees");
    out.printf(
        Locale.ROOT,
        "%,d documents linked, %,d pending; %,d edges, density %.3g%n",
        figures.path("nodes").asLong(),
        answer.path("pendingCount").asLong(),
        figures.path("edges").asLong(),
        figures.path("density").asDouble());
    out.printf(
        Locale.ROOT,
        "edges a document: median %d, 90 %% up to %d, 99 %% up to %d, most %d, mean %.1f%n",
        degrees.path("median").asInt(),
        degrees.path("p90").asInt(),
        degrees.path("p99").asInt(),
        degrees.path("max").asInt(),
        degrees.path("mean").asDouble());
    out.printf(
        Locale.ROOT,
        "%,d components, the largest of %s documents; %,d documents without an edge%n",
        figures.path("componentCount").asInt(),
        figures
            .path("components")
            .valueStream()
            .map(JsonNode::asText)
            .collect(Collectors.joining(", ")),
        figures.path("isolatedNodes").asInt());
  }

  static void printPath(PrintWriter out, JsonNode answer) {
    if (!answer.path("connected").asBoolean()) {
      out.println("There is no way from one to the other.");
      return;
    }
    JsonNode steps = answer.path("steps");
    if (steps.isEmpty()) {
      out.println("They are the same document.");
      return;
    }
    out.println(document(steps.get(0).path("from")));
    for (JsonNode step : steps) {
      out.printf(Locale.ROOT, "  %.4f%n", step.path("similarity").asDouble());
      for (String side : new String[] {"chunk", "toChunk"}) {
        String text = step.path(side).path("text").asText("");
        if (!text.isEmpty()) {
          out.println("          " + Answers.snippet(text));
        }
      }
      out.println(document(step.path("to")));
    }
  }

  static void printCommunities(PrintWriter out, JsonNode answer) {
    out.printf(
        Locale.ROOT,
        "%,d communities, modularity %.4f%n",
        answer.path("count").asInt(),
        answer.path("modularity").asDouble());
    for (JsonNode community : answer.path("communities")) {
      out.printf(
          Locale.ROOT,
          "%,d documents, %,d edges%n",
          community.path("size").asInt(),
          community.path("edges").asInt());
      community.path("members").forEach(member -> out.println("  " + document(member)));
    }
    omitted(out, answer.path("communitiesOmitted").asInt());
  }

  static void printDuplicates(PrintWriter out, JsonNode answer) {
    if (answer.path("groups").isEmpty()) {
      out.println("No two documents are that similar.");
    }
    for (JsonNode group : answer.path("groups")) {
      out.printf(Locale.ROOT, "%,d documents%n", group.path("size").asInt());
      group.path("documents").forEach(member -> out.println("  " + document(member)));
    }
    omitted(out, answer.path("groupsOmitted").asInt());
  }

  private static void omitted(PrintWriter out, int count) {
    if (count > 0) {
      out.printf(Locale.ROOT, "and %,d more%n", count);
    }
  }

  /** Null if it was deleted meanwhile. */
  private static String document(JsonNode document) {
    return document.isNull()
        ? "(deleted)"
        : "%s  [%s]".formatted(document.path("title").asText(), document.path("id").asText());
  }
}
