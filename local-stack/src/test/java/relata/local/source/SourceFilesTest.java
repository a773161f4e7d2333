package relata.local.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  private static final CsvColumns COLUMNS =
      new CsvColumns("key", Optional.of("name"), Optional.of("text"));

  @TempDir Path folder;
  private final Items items = new Items();

  @Test
  void aFolderGivesItsFilesInOrderWithTheirPathsAsIds() throws Exception {
    write("b/note.md", "# B");
    write("a.markdown", "# A");
    write("b/c/plain.txt", "# not markdown");
    write("b/.hidden/x.md", "# hidden");
    write("picture.png", "no text");
    write("table.csv", "key\n1");
    files().read(folder, items);
    assertEquals(List.of("a.markdown", "b/c/plain.txt", "b/note.md"), items.ids());
    JsonNode plain = items.documents().get(1);
    assertEquals("plain", plain.path("format").asText());
    assertEquals("plain", plain.path("title").asText());
    assertEquals("# not markdown", plain.path("body").asText());
  }

  @Test
  void whatIsLeftOutOfAFolderIsNamedWithTheReason() throws Exception {
    write("a.md", "# A");
    write("d.csv", "key\n1");
    write("sub/x.pdf", "");
    write(".hidden", "");
    Files.createSymbolicLink(folder.resolve("gone.md"), folder.resolve("nowhere"));
    FoundFiles found = files().find(folder);
    assertEquals(List.of(folder.resolve("a.md")), found.files());
    List<FoundFiles.LeftOut> leftOut = found.leftOut();
    assertEquals(
        List.of("d.csv", "gone.md", "sub/x.pdf"),
        leftOut.stream().map(FoundFiles.LeftOut::name).toList());
    assertTrue(leftOut.get(0).reason().contains("--id-column"));
    assertTrue(leftOut.get(1).reason().contains("link to nothing"));
    assertTrue(leftOut.get(2).reason().contains(".ndjson"));
    assertEquals(
        1,
        new SourceFiles(Optional.of(COLUMNS))
            .find(folder)
            .files()
            .indexOf(folder.resolve("d.csv")));
  }

  @Test
  void aSingleFileIsKnownByItsName() throws Exception {
    files().read(write("deep/er/note.md", "# N\n\ntext"), items);
    assertEquals("note.md", items.only().path("id").asText());
  }

  @Test
  void whatIsNotUtf8IsBrokenAndTheOthersAreRead() throws Exception {
    Files.write(folder.resolve("a.md"), new byte[] {'x', (byte) 0xE9, 'y'});
    write("b.md", "# B");
    files().read(folder, items);
    assertEquals(List.of("b.md"), items.ids());
    assertEquals(folder.resolve("a.md").toString(), items.broken().getFirst().location());
    assertTrue(items.broken().getFirst().detail().contains("UTF-8"));
  }

  @Test
  void ndjsonLinesArePassedOnWithTheirNumbers() throws Exception {
    Path file = write("x.ndjson", "\uFEFF{\"id\":\"a\"}\r\n\n  {broken\n{\"id\":\"é\"}");
    Items found = new Items();
    new SourceFiles(Optional.empty()).read(file, found);
    assertEquals(List.of(file + ":1", file + ":3", file + ":4"), found.locations());
    assertEquals(0, found.broken().size(), "the API says what is wrong with a line");
  }

  @Test
  void anNdjsonLineBeyondAllLimitsIsSkippedAndTheNextIsRead() throws Exception {
    Path file = write("x.jsonl", "{\"id\":\"" + "x".repeat(5 << 20) + "\"}\n{\"id\":\"b\"}\n");
    files().read(file, items);
    assertEquals(List.of("b"), items.ids());
    assertEquals(file + ":1", items.broken().getFirst().location());
  }

  @Test
  void csvRowsBecomeDocumentsAndOtherColumnsMetadata() throws Exception {
    Path file =
        write(
            "x.csv",
            """
            \uFEFFkey,name,text,year,empty
            1,"A, quoted","two
            lines",1999,

            2,B,,2000,
            3,too few
            4,D,d,2001,
            """);
    new SourceFiles(Optional.of(COLUMNS)).read(file, items);
    assertEquals(List.of("1", "2", "4"), items.ids());
    JsonNode first = items.documents().getFirst();
    assertEquals("A, quoted", first.path("title").asText());
    assertEquals("two\nlines", first.path("body").asText());
    assertEquals("plain", first.path("format").asText());
    assertEquals("{\"year\":\"1999\"}", first.path("metadata").toString());
    assertEquals(List.of(file + ":2", file + ":5", file + ":6", file + ":7"), items.locations());
    assertEquals("has 2 columns, the first row has 5", items.broken().getFirst().detail());
  }

  @Test
  void aMissingCsvColumnIsNamedWithThoseThatThereAre() throws Exception {
    Path file = write("x.csv", "key,headline,text\n1,a,b\n");
    new SourceFiles(Optional.of(COLUMNS)).read(file, items);
    assertEquals(
        "has no column \"name\"; it has key, headline, text", items.broken().getFirst().detail());
  }

  @Test
  void anUnclosedQuoteEndsTheTable() throws Exception {
    Path file = write("x.csv", "key,name,text\n1,a,b\n2,\"open,c\n3,d,e\n");
    new SourceFiles(Optional.of(COLUMNS)).read(file, items);
    assertEquals(List.of("1"), items.ids());
    assertTrue(items.broken().getFirst().location().startsWith(file.toString()));
  }

  @Test
  void whatCannotBeImportedIsRefusedInWords() throws Exception {
    assertTrue(refusal(folder.resolve("none.md")).contains("does not exist"));
    assertTrue(refusal(write("x.csv", "")).contains("--id-column"));
    assertTrue(refusal(write("x.pdf", "")).contains(".ndjson"));
    assertEquals(Optional.empty(), files().refusal(folder));
  }

  private String refusal(Path path) {
    return files().refusal(path).orElseThrow();
  }

  private static SourceFiles files() {
    return new SourceFiles(Optional.empty());
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
