package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class QueryWordsTest {
  private static final int MOST = 16;

  private static List<String> found(Language language, String query, String text) {
    return QueryWords.typed(language, query, MOST).in(text).stream()
        .map(match -> text.substring(match.start(), match.end()))
        .toList();
  }

  @Test
  void formsOfAWordAreFoundAsTheyAreWritten() {
    assertEquals(
        List.of("runs", "RUNNING"), found(Language.EN, "run", "She runs. RUNNING, he ran."));
    assertEquals(List.of("Häuser"), found(Language.DE, "Haus", "Die Häuser"));
    assertEquals(List.of(), found(Language.STANDARD, "run", "She runs."));
  }

  @Test
  void aPhraseIsOnePlaceAndItsWordsAloneAreNone() {
    assertEquals(
        List.of("worn out chain"),
        found(Language.EN, "\"worn out chain\"", "A chain. A worn out chain, worn, out."));
    assertEquals(List.of(), found(Language.EN, "\"worn chain\"", "A worn out chain"));
  }

  @Test
  void whatIsLeftOutOfAPhraseIsLeftOutOfTheText() {
    assertEquals(
        List.of("salt of the earth"),
        found(Language.EN, "\"salt of the earth\"", "The salt of the earth, salt earth"));
  }

  @Test
  void aPrefixFindsWordsAsTheyAreWritten() {
    assertEquals(
        List.of("Tomatoes", "tomatillo"), found(Language.EN, "tomat*", "Tomatoes, a tomatillo"));
  }

  @Test
  void ofWhatOverlapsTheLongestIsFound() {
    assertEquals(
        List.of("growing tomatoes"),
        found(Language.EN, "tomato \"growing tomatoes\" grow*", "growing tomatoes"));
  }

  @Test
  void offsetsCountUtf16() {
    assertEquals(
        List.of(new QueryWords.Match(3, 9, "garden")),
        QueryWords.typed(Language.EN, "gardens", MOST).in("😀 garden"));
  }

  @Test
  void wordsBeyondTheLimitAreNotLookedFor() {
    assertEquals(1, QueryWords.typed(Language.EN, "apples pears", 1).in("pears and apples").size());
  }

  @Test
  void nothingIsKnownOfAQueryWhoseWordsTheEngineChooses() {
    assertEquals(List.of(), QueryWords.UNKNOWN.in("anything"));
  }
}
