package relata.graph.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import relata.graph.text.QueryWords.Match;

class FragmentsTest {
  private static final String FILLER = "one two three four five six seven eight nine ten ";

  private static List<String> choose(String text, String words, int most, int length) {
    List<Match> matches = new ArrayList<>();
    Matcher found = Pattern.compile(words).matcher(text);
    while (found.find()) {
      matches.add(new Match(found.start(), found.end(), found.group()));
    }
    return Fragments.choose(text, matches, most, length).stream()
        .map(range -> text.substring(range.start(), range.end()))
        .toList();
  }

  @Test
  void aShortTextIsShownWhole() {
    assertEquals(List.of("the red rose"), choose("the red rose", "red", 3, 100));
  }

  @Test
  void thePieceWithMostDifferentWordsWins() {
    String text = "red red red " + FILLER + "a red rose " + FILLER + "rose rose";
    assertEquals(List.of("ten a red rose one"), choose(text, "red|rose", 1, 20));
  }

  @Test
  void piecesComeInTheOrderOfTheTextAndDoNotOverlap() {
    String text = "red " + FILLER + "red rose " + FILLER + "rose";
    List<String> pieces = choose(text, "red|rose", 3, 24);
    assertEquals(3, pieces.size());
    assertTrue(pieces.get(0).startsWith("red one"), pieces::toString);
    assertTrue(pieces.get(1).contains("red rose"), pieces::toString);
    assertTrue(pieces.get(2).endsWith("ten rose"), pieces::toString);
  }

  @Test
  void wordsAreNotCut() {
    for (int length = 4; length < 60; length++) {
      for (String piece : choose(FILLER + "rose " + FILLER, "rose", 1, length)) {
        assertTrue((" " + FILLER + "rose " + FILLER).contains(" " + piece + " "), piece);
        assertTrue(piece.length() <= length, piece);
      }
    }
  }

  @Test
  void aPairOfSurrogatesIsNotCut() {
    String text = "😀".repeat(100) + "rose" + "😀".repeat(100);
    for (int length = 5; length < 20; length++) {
      String piece = choose(text, "rose", 1, length).getFirst();
      assertTrue(piece.contains("rose"), piece);
      assertTrue(piece.codePoints().noneMatch(point -> point >= 0xD800 && point < 0xE000), piece);
    }
  }

  @Test
  void withoutAMatchTheStartIsShown() {
    assertEquals(List.of("one two three"), choose(FILLER, "rose", 3, 15));
    assertEquals(List.of(""), choose("", "rose", 3, 15));
  }
}
