package relata.graph.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedTextTest {
  private static final int WORDS = 16;

  private static TextDocument document(long id, String text) {
    return new TextDocument(
        id, List.of(new TextChunk(0, "paragraph", List.of("Notes", "Section"), text)));
  }

  private static List<Long> found(LuceneIndex index, String words) {
    return index.search(new TextQuery.Typed(words, WORDS), 100).stream()
        .map(TextHit::documentId)
        .toList();
  }

  private static void save(LuceneIndex index, Path folder) throws IOException {
    try (TextIndex.Frozen frozen = index.freeze().orElseThrow()) {
      frozen.save(folder);
    }
  }

  @Test
  void whatWasSavedIsFoundWithTheSameScoresAndGoesOnChanging(@TempDir Path folder)
      throws IOException {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(List.of(document(1, "apples and pears"), document(2, "apples")), List.of());
    index.apply(List.of(document(3, "apples and plums")), List.of(2L));
    save(index, folder);
    LuceneIndex opened = LuceneIndex.open(Language.EN, folder);
    TextQuery query = new TextQuery.Typed("apples pears", WORDS);
    assertEquals(index.search(query, 5), opened.search(query, 5));
    assertEquals(2, opened.chunkCount());
    ChunkKey key = new ChunkKey(3, 0);
    assertEquals(index.chunks(List.of(key)), opened.chunks(List.of(key)));
    opened.apply(List.of(document(1, "plums"), document(4, "apples")), List.of(3L));
    assertEquals(List.of(4L), found(opened, "apples"));
    assertEquals(List.of(1L), found(opened, "plums"));
  }

  @Test
  void whatIsSavedIsTheStateThatWasFrozenHoweverOften(@TempDir Path folder) throws IOException {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(List.of(document(1, "apples"), document(2, "pears")), List.of());
    for (String name : List.of("first", "second")) {
      try (TextIndex.Frozen frozen = index.freeze().orElseThrow()) {
        index.apply(List.of(document(3, "apples")), List.of(1L));
        index.dropRemoved();
        frozen.save(folder.resolve(name));
      }
    }
    assertEquals(
        List.of(1L), found(LuceneIndex.open(Language.EN, folder.resolve("first")), "apples"));
    assertEquals(
        List.of(3L), found(LuceneIndex.open(Language.EN, folder.resolve("second")), "apples"));
    save(LuceneIndex.open(Language.EN, folder.resolve("second")), folder.resolve("third"));
    assertEquals(
        List.of(3L), found(LuceneIndex.open(Language.EN, folder.resolve("third")), "apples"));
  }

  @Test
  void onceItIsSavedNothingThatIsRemovedIsHeld(@TempDir Path folder) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    LuceneIndex index = new LuceneIndex(Language.EN, directory);
    index.apply(LongStream.range(0, 50).mapToObj(id -> document(id, "n" + id)).toList(), List.of());
    index.apply(List.of(document(60, "zanzibar")), List.of());
    save(index, folder.resolve("before"));
    assertTrue(isInFiles(folder.resolve("before"), "zanzibar"));
    index.apply(List.of(), List.of(60L));
    index.dropRemoved();
    List<String> held = List.of(directory.listAll());
    assertFalse(held.stream().anyMatch(file -> file.startsWith("segments")), held.toString());
    save(index, folder.resolve("after"));
    assertFalse(isInFiles(folder.resolve("after"), "zanzibar"));
    assertEquals(held.size(), directory.listAll().length);
  }

  private static boolean isInFiles(Path folder, String word) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(word)) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void anEmptyIndexIsSavedToo(@TempDir Path folder) throws IOException {
    save(new LuceneIndex(Language.EN), folder);
    assertEquals(0, LuceneIndex.open(Language.EN, folder).chunkCount());
  }

  @Test
  void aFolderWithoutAnIndexIsNotOpened(@TempDir Path folder) {
    assertThrows(IOException.class, () -> LuceneIndex.open(Language.EN, folder));
  }
}
