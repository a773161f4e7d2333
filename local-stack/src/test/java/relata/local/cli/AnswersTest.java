package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void aSnippetIsCutAtTheEndOfAWord() {
    String snippet = Answers.snippet("word ".repeat(50));
    assertTrue(snippet.endsWith("word ..."), snippet);
    assertTrue(snippet.length() <= 114, snippet);
    assertEquals("x".repeat(110) + " ...", Answers.snippet("x".repeat(200)));
  }

  @Test
  void nothingInATextCommandsATerminal() {
    assertEquals("a [31m b", Answers.line("a\u001b[31m\n\tb\u0007"));
  }
}
