package relata.worker.split;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutterTest {
  @Test
  void aShortTextStaysWhole() {
    assertEquals(List.of("One  two\nthree"), cut("  One  two\nthree ", 100, 20));
  }

  @Test
  void aBlankTextHasNoParts() {
    assertEquals(List.of(), cut(" \n ", 100, 20));
  }

  @Test
  void aCutFallsBehindASentenceWhereOneEnds() {
    assertEquals(
        List.of("One two three four five.", "Six seven eight nine."),
        cut("One two three four five. Six seven eight nine.", 8, 0));
  }

  @Test
  void aCutFallsBehindAWordWhereNoSentenceEnds() {
    assertEquals(
        List.of("one two three", "four five six", "seven"),
        cut("one two three four five six seven", 3, 0));
  }

  @Test
  void aPartBeginsWithTheLastWordsOfTheOneBefore() {
    assertEquals(
        List.of("one two three four", "four five six seven"),
        cut("one two three four five six seven", 4, 1));
  }

  @Test
  void theOverlapBeginsWithASentenceWhereOneDoes() {
    assertEquals(List.of("a b. c d e.", "c d e. f g h i"), cut("a b. c d e. f g h i", 9, 6));
  }

  @Test
  void aWordLargerThanAPartIsCutInside() {
    String word = "x".repeat(1000);
    List<String> parts = cut(word, 10, 0);
    assertEquals(word, String.join("", parts));
    assertTrue(parts.size() > 10);
  }

  @Test
  void piecesOfALongWordTogetherAreNoLargerThanAPart() {
    for (String part : cut("0 aaaaa0a0aaaaaaaaa0a0a0a0a ", 14, 5)) {
      assertTrue(Tokens.estimate(part, 0, part.length()) <= 14, part);
    }
  }

  @Test
  void aSurrogatePairIsNeverCut() {
    for (String part : cut("😀".repeat(100), 3, 1)) {
      assertFalse(Character.isLowSurrogate(part.charAt(0)), part);
      assertFalse(Character.isHighSurrogate(part.charAt(part.length() - 1)), part);
    }
  }

  @Test
  void aWordOfMegabytesIsCutInTime() {
    assertTrue(cut("QUJD+/".repeat(500_000), 100, 20).size() > 10_000);
  }

  @Test
  void halvesAreTheWholeTextInTwo() {
    assertEquals(List.of("one two", "three four"), Cutter.halves("one two three four"));
    assertEquals(List.of("one", "two"), Cutter.halves("one two"));
    assertEquals("x".repeat(30), String.join("", Cutter.halves("x".repeat(30))));
    assertEquals(List.of(), Cutter.halves("x"));
  }

  @Property(tries = 3000)
  void everyWordIsInAPartAndOrderIsKept(
      @ForAll("paragraphs") String paragraph,
      @ForAll @IntRange(min = 12, max = 60) int size,
      @ForAll @IntRange(min = 0, max = 11) int overlap) {
    List<String> parts = cut(paragraph, size, overlap);
    int at = 0;
    int covered = 0;
    for (String part : parts) {
      assertTrue(Tokens.estimate(part, 0, part.length()) <= size, part);
      // Where it says something new: the pieces of one word may look alike.
      int start = paragraph.indexOf(part, Math.max(at, covered - part.length() + 1));
      assertTrue(start >= 0, "parts are pieces of the text, in its order");
      assertTrue(
          paragraph.substring(Math.min(covered, start), start).isBlank(), "nothing left out");
      covered = start + part.length();
      at = start + 1;
    }
    assertTrue(paragraph.substring(covered).isBlank());
    assertEquals(parts, cut(paragraph, size, overlap));
  }

  private static List<String> cut(String text, int size, int overlap) {
    SplitLimits wide = new SplitLimits(Integer.MAX_VALUE, 1, 1000);
    return Cutter.cut(text, size, overlap, new Room(wide, text.length()));
  }

  @Provide
  Arbitrary<String> paragraphs() {
    Arbitrary<String> word =
        Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(30);
    Arbitrary<String> end = Arbitraries.of("", "", "", ".", ",", "!", "\n");
    return net.jqwik.api.Combinators.combine(word, end)
        .as((letters, mark) -> letters + mark)
        .list()
        .ofMinSize(1)
        .ofMaxSize(120)
        // Numbered, so that no part can be found in a wrong place.
        .map(
            words -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < words.size(); i++) {
                text.append(i).append(' ').append(words.get(i)).append(' ');
              }
              return text.toString();
            });
  }
}
