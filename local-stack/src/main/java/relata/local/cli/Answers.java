package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** The API's answers as lines for a person. */
final class Answers {
  private static final int SNIPPET_CHARACTERS = 110;

  private Answers() {}

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

  /** A text in one line. */
  static String line(String text) {
    return plain(text).strip();
  }

  /** A text without line breaks, and without what a terminal would obey. */
  static String plain(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}]+", " ");
  }

  /** One line of a text, cut at a word's end. */
  static String snippet(String text) {
    String line = line(text);
    if (line.length() <= SNIPPET_CHARACTERS) {
      return line;
    }
    int space = line.lastIndexOf(' ', SNIPPET_CHARACTERS);
    return line.substring(0, space > 0 ? space : SNIPPET_CHARACTERS) + " ...";
  }
}
