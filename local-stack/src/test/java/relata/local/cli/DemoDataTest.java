package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoDataTest {
  @TempDir Path root;

  @ParameterizedTest
  @CsvSource({
    "notes, notes",
    "My Notes (2024), my-notes-2024",
    "_Übersicht, ubersicht",
    "日本, documents",
    "/, documents",
  })
  void aFoldersNameBecomesOneThatTheApiTakes(String folder, String name) {
    assertEquals(name, CollectionName.of(Path.of(folder)));
    assertEquals(63, CollectionName.of(Path.of("x".repeat(99))).length());
  }

  @Test
  void anUnknownFolderIsSearchedForTitlesOfItsDocuments() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      write("Some Notes/" + name + ".md", "# About " + name);
    }
    DemoData data = only("Some Notes");
    assertEquals("some-notes", data.collection());
    assertEquals(List.of("About a", "About c", "About e"), data.searches());
  }

  @Test
  void aFolderWithOneFileOfDocumentsGivesTitlesOfThese() throws IOException {
    write("lines/x.ndjson", "broken\n{\"title\":\"A\"}\n{\"title\":\"A\"}\n{\"title\":\"B\"}\n");
    DemoData data = only("lines");
    assertEquals(List.of("A", "B"), data.searches());
    assertEquals(2, DemoData.searches(List.of(data)).size());
  }

  @Test
  void theSampleAndTheKnownCollectionsKeepTheirOwnSearches() throws IOException {
    write("sample/a.md", "# A");
    write("all/nats-docs/a.md", "# A");
    assertEquals("what to do when the pump stops at night", only("sample").searches().getFirst());
    DemoData within = only("all");
    assertEquals("nats-docs", within.collection());
    assertEquals(within, only("all/nats-docs"));
  }

  @Test
  void aTitleWithQuotesStaysOneShellWord() {
    assertEquals("{\"text\":\"it'\\''s \\\"so\\\"\"}", DemoReport.quoted("it's \"so\""));
  }

  private DemoData only(String folder) throws IOException {
    List<DemoData> all = DemoData.in(root.resolve(folder), root.resolve("sample"));
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
