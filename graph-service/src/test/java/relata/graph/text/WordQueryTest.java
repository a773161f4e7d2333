package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordQueryTest {
  private static final int WORDS = 16;

  private final LuceneIndex index = new LuceneIndex(Language.EN);

  private static void put(LuceneIndex index, long id, String title, String text) {
    TextChunk chunk = new TextChunk(0, "paragraph", List.of(title, "In General"), text);
    index.apply(List.of(new TextDocument(id, List.of(chunk))), List.of());
  }

  private static List<Long> found(LuceneIndex index, String text) {
    return index.search(new TextQuery.Typed(text, WORDS), 10).stream()
        .map(TextHit::documentId)
        .sorted()
        .toList();
  }

  @Test
  void aPhraseIsInTheText() {
    put(index, 1, "Notes", "a tree of green apples");
    put(index, 2, "Notes", "apples that are green");
    assertEquals(List.of(1L, 2L), found(index, "green apples"));
    assertEquals(List.of(1L), found(index, "\"green apples\""));
    // What is left out of a text keeps its place.
    assertEquals(List.of(1L), found(index, "\"tree of green\""));
    assertEquals(List.of(), found(index, "\"tree green\""));
  }

  @Test
  void aPhraseIsInTheTitleOrAHeadingToo() {
    put(index, 1, "Green Apples", "fruit");
    put(index, 2, "Apples, Green", "fruit");
    assertEquals(List.of(1L), found(index, "\"green apples\""));
    assertEquals(List.of(1L, 2L), found(index, "\"in general\""));
  }

  @Test
  void ofSeveralPhrasesEachIsThereAndWordsBesideThemAreNotAskedFor() {
    put(index, 1, "Notes", "green apples and ripe pears");
    put(index, 2, "Notes", "green apples and plums");
    assertEquals(List.of(1L), found(index, "\"green apples\" \"ripe pears\" plums"));
    List<TextHit> hits = index.search(new TextQuery.Typed("\"green apples\" plums", WORDS), 5);
    assertEquals(List.of(2L, 1L), hits.stream().map(TextHit::documentId).toList());
  }

  @Test
  void aPrefixFindsEveryWordThatBeginsSoAsItIsWritten() {
    put(index, 1, "Notes", "She was running");
    put(index, 2, "Notes", "a runner");
    put(index, 3, "Runnings", "he walks");
    put(index, 4, "Notes", "walls");
    assertEquals(List.of(1L, 2L, 3L), found(index, "runn*"));
    assertEquals(List.of(1L, 3L), found(index, "Runni*"));
    assertEquals(List.of(), found(index, "walkers*"));
  }

  @Test
  void aPrefixOfMoreWordsThanAreScoredFindsThemAll() {
    for (int i = 0; i < 200; i++) {
      put(index, i, "Notes", "word" + i);
    }
    assertEquals(200, index.search(new TextQuery.Typed("word*", WORDS), 300).size());
  }

  @ParameterizedTest
  @CsvSource({
    "DA,husene,huset",
    "DE,Häuser,Haus",
    "EN,houses,house",
    "ES,naranjas,naranja",
    "FI,talossa,talon",
    "FR,maisons,maison",
    "IT,abbandonata,abbandonato",
    "NL,lichamelijk,lichamelijke",
    "NO,husene,huset",
    "PT,casas,casa",
    "RU,дома,домов",
    "SV,flickorna,flickor"
  })
  void formsOfAWordAreOneInItsLanguage(Language language, String written, String typed) {
    LuceneIndex stemmed = new LuceneIndex(language);
    put(stemmed, 1, "X", written);
    assertEquals(List.of(1L), found(stemmed, typed));
    LuceneIndex standard = new LuceneIndex(Language.STANDARD);
    put(standard, 1, "X", written);
    assertEquals(List.of(), found(standard, typed));
    assertEquals(List.of(1L), found(standard, written));
  }

  @Test
  void aDocumentIsLikeWhatSharesItsRareWords() {
    put(index, 1, "Fruit", "quince jam and quince jelly in the kitchen");
    put(index, 2, "Notes", "the best quince of the garden");
    put(index, 3, "Notes", "a kitchen with a window");
    put(index, 4, "Notes", "a kitchen with a door");
    put(index, 5, "Notes", "nothing of the kind");
    List<TextHit> like =
        index.search(new TextQuery.Like(1, WORDS, 32, ChunkFilter.NONE), 10).stream().toList();
    assertEquals(2, like.getFirst().documentId());
    assertTrue(like.stream().noneMatch(hit -> hit.documentId() == 1));
    assertEquals(List.of(), index.search(new TextQuery.Like(9, WORDS, 32, ChunkFilter.NONE), 10));
  }

  @Test
  void aChunkScoresAsItIsFoundAndTheScoreIsExplained() {
    put(index, 1, "Apples", "green apples");
    put(index, 2, "Notes", "pears");
    TextQuery query = new TextQuery.Typed("green apples", WORDS);
    TextHit hit = index.search(query, 1).getFirst();
    ChunkKey other = new ChunkKey(2, 0);
    assertEquals(
        Map.of(hit.chunk(), hit.score()), index.scores(query, List.of(hit.chunk(), other)));
    ScorePart part = index.explain(query, hit.chunk()).orElseThrow();
    assertEquals(hit.score(), part.value());
    assertEquals(2, part.parts().size());
    assertTrue(index.explain(query, other).isEmpty());
  }
}
