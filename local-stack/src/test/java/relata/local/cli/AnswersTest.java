package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final StringWriter text = new StringWriter();
  private final PrintWriter out = new PrintWriter(text, true);

  @Test
  void aHitShowsScoreTitleIdAndTheTextThatMatched() throws Exception {
    Answers.printHits(
        out,
        new ObjectMapper()
            .readTree(
                """
                {"notice":"by text alone","hits":[{"id":"a/b","title":"T","score":0.0321,
                 "chunk":{"text":"some\\n words"}}]}"""));
    assertEquals(
        "  by text alone\n  0.0321  T  [a/b]\n          some words\n",
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void anEmptyAnswerSaysSo() throws Exception {
    Answers.printHits(out, new ObjectMapper().readTree("{\"notice\":null,\"hits\":[]}"));
    assertEquals("  (nothing found)", text.toString().stripTrailing());
  }

  @Test
  void aSnippetIsCutAtTheEndOfAWord() {
    String snippet = Answers.snippet("word ".repeat(50));
    assertTrue(snippet.endsWith("word ..."), snippet);
    assertTrue(snippet.length() <= 114, snippet);
    assertEquals("x".repeat(110) + " ...", Answers.snippet("x".repeat(200)));
  }
}
