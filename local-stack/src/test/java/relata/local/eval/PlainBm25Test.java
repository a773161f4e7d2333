package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainBm25Test {
  private static final List<JudgedDocument> DOCUMENTS =
      List.of(
          document("long", "", "wings and tails and bodies and shocks and one flutter"),
          document("title", "flutter of panels", "thin ones"),
          document("none", "heat", "slabs"));

  @TempDir Path folder;

  @Test
  void findsStemmedWordsInTitleAndTextTheShorterDocumentFirst() throws IOException {
    try (PlainBm25 index = index()) {
      assertEquals(List.of("title", "long"), index.search("Fluttering?", 10));
      assertEquals(List.of("title"), index.search("flutter", 1));
    }
  }

  @Test
  void aQueryWithoutWordsFindsNothing() throws IOException {
    try (PlainBm25 index = index()) {
      assertEquals(List.of(), index.search("the of ?!", 10));
    }
  }

  private PlainBm25 index() throws IOException {
    return PlainBm25.of(DOCUMENTS::forEach, new EnglishAnalyzer(), folder);
  }

  private static JudgedDocument document(String id, String title, String text) {
    return new JudgedDocument("file:1", id, title, text, Map.of());
  }
}
