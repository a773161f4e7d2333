package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class HitLinesTest {
  private static String lines(Marks marks, String answer) throws Exception {
    StringWriter text = new StringWriter();
    new HitLines(new PrintWriter(text, true), marks).print(new ObjectMapper().readTree(answer));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void aHitShowsScoreTitleIdAndTheTextThatMatched() throws Exception {
    assertEquals(
        "  by text alone\n  0.0321  T  [a/b]\n          some words\n",
        lines(
            Marks.STARS,
            """
            {"notice":"by text alone","hits":[{"id":"a/b","title":"T","score":0.0321,
             "chunk":{"text":"some\\n words"}}]}"""));
  }

  @Test
  void anEmptyAnswerSaysSo() throws Exception {
    assertEquals("  (nothing found)\n", lines(Marks.STARS, "{\"notice\":null,\"hits\":[]}"));
  }

  @Test
  void whatWasFoundStandsOut() throws Exception {
    String answer =
        """
        {"hits":[{"id":"a","title":"T","score":1,"highlights":[
          {"heading":0,"start":0,"text":"Rose care","matches":[{"start":0,"end":4}]},
          {"heading":null,"start":9,"text":"red roses\\nand a rose",
           "matches":[{"start":4,"end":9},{"start":16,"end":20}]}]}]}""";
    assertEquals(
        """
          1.0000  T  [a]
                  # **Rose** care
                  red **roses** and a **rose**
        """,
        lines(Marks.STARS, answer));
    assertEquals(
        "          # \u001b[1mRose\u001b[0m care",
        lines(Marks.BOLD, answer).lines().toList().get(1));
  }

  @Test
  void aScoreIsExplainedInFewLines() throws Exception {
    assertEquals(
        """
          0.0325  T  [a]
                  rose
                  by meaning: place 2 adds 0.0161; score 0.9000
                  by words: place 1 adds 0.0164; score 7.0000
                  re-ranked: 3.5000
                    7.0000 sum of:
                      7.0000 rose
                        7.0000 idf
        """,
        lines(
            Marks.STARS,
            """
            {"hits":[{"id":"a","title":"T","score":0.0325,"semanticScore":0.9,"lexicalScore":7,
              "rerankScore":3.5,"chunk":{"text":"rose"},"explanation":{
                "semantic":{"rank":2,"weight":1,"share":0.0161},
                "lexical":{"rank":1,"weight":1,"share":0.0164},
                "words":{"what":"sum of:","value":7,"parts":[{"what":"rose","value":7,"parts":[
                  {"what":"idf","value":7,"parts":[{"what":"too deep","value":1}]}]}]}}}]}"""));
  }
}
