package relata.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** What a search found, as lines for a person. */
final class HitLines {
  private static final String INDENT = "          ";

  /** The parts of a part of a score say less and less. */
  private static final int DEEPEST = 3;

  private final PrintWriter out;
  private final Marks marks;

  HitLines(PrintWriter out, Marks marks) {
    this.out = out;
    this.marks = marks;
  }

  void print(JsonNode answer) {
    if (answer.path("notice").isTextual()) {
      out.println("  " + answer.get("notice").asText());
    }
    if (answer.path("hits").isEmpty()) {
      out.println("  (nothing found)");
    }
    answer.path("hits").forEach(this::printHit);
  }

  private void printHit(JsonNode hit) {
    out.printf(
        Locale.ROOT,
        "  %.4f  %s  [%s]%n",
        hit.path("score").asDouble(),
        Answers.line(hit.path("title").asText()),
        Answers.line(hit.path("id").asText()));
    if (hit.path("highlights").isEmpty()) {
      out.println(INDENT + Answers.snippet(hit.path("chunk").path("text").asText("")));
    }
    hit.path("highlights").forEach(this::printHighlight);
    if (hit.path("explanation").isObject()) {
      printExplanation(hit);
    }
  }

  /** In one line, with what was found standing out. */
  private void printHighlight(JsonNode highlight) {
    String text = highlight.path("text").asText();
    StringBuilder marked = new StringBuilder(highlight.path("heading").isNumber() ? "# " : "");
    int at = 0;
    for (JsonNode match : highlight.path("matches")) {
      int start = match.path("start").asInt();
      int end = match.path("end").asInt();
      marked
          .append(Answers.plain(text.substring(at, start)))
          .append(marks.start())
          .append(Answers.plain(text.substring(start, end)))
          .append(marks.end());
      at = end;
    }
    out.println(INDENT + marked.append(Answers.plain(text.substring(at))));
  }

  private void printExplanation(JsonNode hit) {
    JsonNode explanation = hit.path("explanation");
    printPlace("by meaning", explanation.path("semantic"), hit.path("semanticScore"));
    printPlace("by words", explanation.path("lexical"), hit.path("lexicalScore"));
    if (hit.path("rerankScore").isNumber()) {
      out.printf(Locale.ROOT, "%sre-ranked: %.4f%n", INDENT, hit.path("rerankScore").asDouble());
    }
    if (explanation.path("words").isObject()) {
      printPart(explanation.path("words"), 1);
    }
  }

  private void printPlace(String how, JsonNode place, JsonNode score) {
    if (place.isObject()) {
      out.printf(
          Locale.ROOT,
          "%s%s: place %d adds %.4f; score %.4f%n",
          INDENT,
          how,
          place.path("rank").asInt(),
          place.path("share").asDouble(),
          score.asDouble());
    }
  }

  private void printPart(JsonNode part, int depth) {
    out.printf(
        Locale.ROOT,
        "%s%s%.4f %s%n",
        INDENT,
        "  ".repeat(depth),
        part.path("value").asDouble(),
        part.path("what").asText());
    if (depth < DEEPEST) {
      part.path("parts").forEach(one -> printPart(one, depth + 1));
    }
  }
}
