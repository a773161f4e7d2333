package relata.worker.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PlainAnswerTest {
  @Test
  void anAnswerIsOneLineOfPlainText() {
    assertEquals(
        "How to brew tea. For beginners.",
        whole(" \n How to\tbrew\u0000 tea.\r\n\n  For\u00A0beginners.\u202E \n"));
  }

  @Test
  void thoughtsAreLeftOut() {
    assertEquals("Tea.", whole("<think>The user wants\n\nmany words</think>\n\nTea."));
    assertEquals("Tea.", whole("<Thinking>a</Thinking>Tea."));
    assertEquals("Tea.", whole("the prompt began this thought</think> Tea."));
    assertEquals("", whole("<think>never came to an end"));
  }

  @Test
  void fencesAreLeftOutAndWhatTheyHoldIsKept() {
    assertEquals("Tea is hot.", whole("```markdown\nTea is hot.\n```"));
    assertEquals("Tea is hot.", whole("```Tea is hot.```"));
    assertEquals("Uses `kettle` often.", whole("Uses `kettle` often."));
  }

  @Test
  void anAnswerOfNothingIsEmpty() {
    assertEquals("", whole(" \n\t\u0000"));
    assertEquals("", whole("```\n```"));
  }

  @Test
  void aLongAnswerEndsBehindASentence() {
    assertEquals("It is about tea. It is hot.", cut("It is about tea. It is hot. And wet.", 30));
    assertEquals("It costs 3.50 today.", cut("It costs 3.50 today. That is much.", 22));
    assertEquals("He said \"tea!\"", cut("He said \"tea!\" And left.", 18));
    assertEquals("お茶です。", cut("お茶です。熱いです。", 8));
  }

  @Test
  void withoutASentenceItEndsBehindAWord() {
    assertEquals("one two three", cut("one two three four", 16));
    assertEquals("one two three", cut("one two three four", 13));
    assertEquals("Short. And then words", cut("Short. And then words without an end", 26));
  }

  @Test
  void aWordWithoutEndIsCutBetweenCharacters() {
    assertEquals("abcde", cut("abcdefgh", 5));
    assertEquals("🍵🍵", cut("🍵🍵🍵", 5));
  }

  @Test
  void anAnswerThatWasStoppedEndsBehindItsLastSentence() {
    assertEquals("It is about tea.", PlainAnswer.of("It is about tea. It is h", 600, true));
    assertEquals("It is about tea.", PlainAnswer.of("It is about tea.", 600, true));
    assertEquals("too short to", PlainAnswer.of("too short to", 600, true));
  }

  private static String whole(String answer) {
    return PlainAnswer.of(answer, 1000, false);
  }

  private static String cut(String answer, int maxLength) {
    return PlainAnswer.of(answer, maxLength, false);
  }
}
