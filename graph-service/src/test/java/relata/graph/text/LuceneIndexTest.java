package relata.graph.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Test;

class LuceneIndexTest {
  private static final int WORDS = 16;

  private static TextDocument document(long id, String title, String... texts) {
    List<TextChunk> chunks = new java.util.ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      chunks.add(new TextChunk(i, "paragraph", List.of(title, "Section " + i), texts[i]));
    }
    return new TextDocument(id, chunks);
  }

  private static List<Long> ids(List<TextHit> hits) {
    return hits.stream().map(TextHit::documentId).toList();
  }

  @Test
  void formsOfAWordAreOne() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(List.of(document(1, "Notes", "She was running home")), List.of());
    assertEquals(List.of(1L), ids(index.search(new TextQuery.Typed("runs", WORDS), 5)));
    assertEquals(List.of(), index.search(new TextQuery.Typed("walks", WORDS), 5));
  }

  @Test
  void aDocumentIsOneHitWithItsBestChunk() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(
        List.of(
            document(1, "Notes", "apples", "pears and apples and plums", "pears"),
            document(2, "Notes", "apples grow on trees in many long rows")),
        List.of());
    List<TextHit> hits = index.search(new TextQuery.Typed("apples", WORDS), 5);
    assertEquals(List.of(1L, 2L), ids(hits));
    assertEquals(0, hits.getFirst().ordinal());
    assertTrue(hits.getFirst().score() > hits.getLast().score());
  }

  @Test
  void manyChunksOfOneDocumentDoNotHideTheOthers() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    String[] many = new String[300];
    Arrays.fill(many, "apples");
    index.apply(
        List.of(
            document(1, "Notes", many),
            document(2, "Notes", "apples grow on trees in many long rows")),
        List.of());
    assertEquals(List.of(1L, 2L), ids(index.search(new TextQuery.Typed("apples", WORDS), 2)));
    assertEquals(List.of(1L), ids(index.search(new TextQuery.Typed("apples", WORDS), 1)));
  }

  @Test
  void titleAndHeadingsAreSearchedToo() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(
        List.of(document(1, "Orchard", "fruit"), document(2, "Notes", "an orchard of trees")),
        List.of());
    assertEquals(List.of(1L, 2L), ids(index.search(new TextQuery.Typed("orchard", WORDS), 5)));
    assertEquals(2, index.search(new TextQuery.Typed("section", WORDS), 5).size());
  }

  @Test
  void replacedAndRemovedTextsAreGone() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(List.of(document(1, "Notes", "apples"), document(2, "Notes", "apples")), List.of());
    index.apply(List.of(document(1, "Notes", "pears")), List.of(2L));
    assertEquals(List.of(), index.search(new TextQuery.Typed("apples", WORDS), 5));
    assertEquals(List.of(1L), ids(index.search(new TextQuery.Typed("pears", WORDS), 5)));
  }

  @Test
  void droppedTextsAreInNoFile() throws Exception {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    LuceneIndex index = new LuceneIndex(Language.EN, directory);
    // Mostly of what stays, so that no merge comes by itself; large enough for whole words.
    String[] kept = new String[20];
    Arrays.setAll(kept, i -> "samarkand " + "0123456789 abcdefghij ".repeat(100) + i);
    index.apply(
        List.of(
            document(1, "Notes", kept),
            document(2, "Notes", "a note on zanzibar"),
            document(3, "Notes", "a note on timbuktu")),
        List.of());
    index.apply(List.of(document(2, "Notes", "a note on pears")), List.of(3L));
    assertTrue(isHeld(directory, "zanzibar") && isHeld(directory, "timbuktu"));

    index.dropRemoved();

    assertFalse(isHeld(directory, "zanzibar") || isHeld(directory, "timbuktu"));
    assertEquals(List.of(1L), ids(index.search(new TextQuery.Typed("samarkand", WORDS), 5)));
    assertEquals(List.of(2L), ids(index.search(new TextQuery.Typed("pears", WORDS), 5)));
  }

  private static boolean isHeld(ByteBuffersDirectory directory, String word) throws IOException {
    for (String file : directory.listAll()) {
      try (IndexInput input = directory.openInput(file, IOContext.READONCE)) {
        byte[] bytes = new byte[(int) input.length()];
        input.readBytes(bytes, 0, bytes.length);
        if (new String(bytes, ISO_8859_1).contains(word)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void chunksAreGivenBackAsTheyCame() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    TextDocument document = document(1, "Notes", "apples", "pears");
    index.apply(List.of(document), List.of());
    ChunkKey key = new ChunkKey(1, 1);
    assertEquals(
        Map.of(key, document.chunks().get(1)),
        index.chunks(List.of(key, new ChunkKey(1, 2), new ChunkKey(2, 0))));
  }

  @Test
  void noMoreWordsAreLookedForThanAllowed() {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(List.of(document(1, "Notes", "pears")), List.of());
    assertEquals(List.of(), index.search(new TextQuery.Typed("apples pears", 1), 5));
    assertEquals(List.of(1L), ids(index.search(new TextQuery.Typed("apples apples pears", 2), 5)));
  }

  @Property(tries = 300)
  void noTextThrows(@ForAll String text) {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(List.of(document(1, text, text)), List.of());
    assertTrue(index.search(new TextQuery.Typed(text, WORDS), 5).size() <= 1);
  }
}
