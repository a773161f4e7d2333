package relata.local.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmartFileTest {
  @TempDir Path folder;
  private final Items items = new Items();

  @Test
  void readsTitleAuthorBibliographyAndText() throws Exception {
    read(
        """
        .I 1
        .T
        experimental investigation of a
        wing in a slipstream .
        .A
        brenckman,m.
        .B
        j. ae. scs. 25, 1958, 324.
        .W
        first line
          second line .
        .I 2
        .T
        .A
        .B
        .W
        .W
        text after a mark that stands twice
        """);
    assertEquals(List.of("1", "2"), items.ids());
    JsonNode first = items.documents().getFirst();
    assertEquals(
        "experimental investigation of a wing in a slipstream .", first.path("title").asText());
    assertEquals("first line\n  second line .", first.path("body").asText());
    assertEquals("plain", first.path("format").asText());
    assertEquals("brenckman,m.", first.path("metadata").path("author").asText());
    assertEquals(
        "j. ae. scs. 25, 1958, 324.", first.path("metadata").path("bibliography").asText());
    JsonNode second = items.documents().getLast();
    assertEquals("Document 2", second.path("title").asText());
    assertEquals("text after a mark that stands twice", second.path("body").asText());
    assertEquals("", second.path("metadata").path("author").asText());
  }

  @Test
  void aFileInAnotherFormatIsBroken() throws Exception {
    read("some text\n.I 1\n");
    assertEquals(List.of(), items.ids());
    assertEquals("stands before the first .I", items.broken().getFirst().detail());
  }

  @Test
  void aDocumentWithoutNumberIsBroken() throws Exception {
    read(".I\n.T\na\n.I 2\n.T\nb\n");
    assertEquals(List.of("2"), items.ids());
    assertEquals(1, items.broken().size());
  }

  private void read(String text) throws Exception {
    SmartFile.read(Files.writeString(folder.resolve("cran"), text), items);
  }
}
