package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** The API's answers as lines for a person. */
final class Answers {
  private static final int SNIPPET_CHARACTERS = 110;
  private static final String NOTHING = "  (nothing found)";

  private Answers() {}

  static void printHits(PrintWriter out, JsonNode answer) {
    if (answer.path("notice").isTextual()) {
      out.println("  " + answer.get("notice").asText());
    }
    if (answer.path("hits").isEmpty()) {
      out.println(NOTHING);
    }
    for (JsonNode hit : answer.path("hits")) {
      out.printf(
          Locale.ROOT,
          "  %.4f  %s  [%s]%n",
          hit.path("score").asDouble(),
          hit.path("title").asText(),
          hit.path("id").asText());
      out.println("          " + snippet(hit.path("chunk").path("text").asText("")));
    }
  }

  static void printNeighbors(PrintWriter out, JsonNode answer) {
    out.println(answer.path("title").asText() + ":");
    if (answer.path("neighbors").isEmpty()) {
      out.println(
          answer.path("linkedVersion").isNull() ? "  (not linked yet)" : "  (no similar document)");
    }
    for (JsonNode neighbor : answer.path("neighbors")) {
      out.printf(
          Locale.ROOT,
          "  %.4f  %s  [%s]%n",
          neighbor.path("similarity").asDouble(),
          neighbor.path("title").asText(),
          neighbor.path("id").asText());
      String reason = neighbor.path("evidence").path("neighborChunk").path("text").asText("");
      if (!reason.isEmpty()) {
        out.println("          " + snippet(reason));
      }
    }
  }

  /** The documents with most edges. */
  static void printMostLinked(PrintWriter out, JsonNode graph) {
    out.printf(
        "  %d documents, %d edges%n",
        graph.path("nodeCount").asLong(), graph.path("edgeCount").asLong());
    for (JsonNode document : graph.path("nodes")) {
      out.printf(
          "  %4d  %s  [%s]%n",
          document.path("degree").asLong(),
          document.path("title").asText(),
          document.path("id").asText());
    }
  }

  /** One line of a text, cut at a word's end. */
  static String snippet(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    if (line.length() <= SNIPPET_CHARACTERS) {
      return line;
    }
    int space = line.lastIndexOf(' ', SNIPPET_CHARACTERS);
    return line.substring(0, space > 0 ? space : SNIPPET_CHARACTERS) + " ...";
  }
}
