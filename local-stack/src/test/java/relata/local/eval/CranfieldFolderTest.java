package relata.local.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CranfieldFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("cran.qry"),
        """
        .I 001
        .W
        what similarity laws
        must be obeyed .
        .I 004
        .W
        what problems of heat conduction .
        """);
    judge("1 184 2 \n1 29 1\n1 31 4\n1 486 -1\n2 12 3\n2 13 5\n");
    Files.writeString(
        folder.resolve("cran.all.1400"),
        ".I 1\n.T\nexperimental investigation\n.A\nb,m.\n.B\nj. 1958\n.W\nthe text .\n"
            + ".I 2\n.T\n.A\n.B\n.W\n");
  }

  @Test
  void theJudgementsGoByThePlaceOfAQuestionNotByItsNumber() throws IOException {
    JudgedQuery second = read().queries().getLast();
    assertEquals("2", second.id());
    assertEquals("what problems of heat conduction .", second.text());
    assertEquals(Map.of("12", 2), second.grades());
  }

  @Test
  void codesOneToFourBecomeGradesFourToOneAndTheOthersNone() throws IOException {
    JudgedQuery first = read().queries().getFirst();
    assertEquals("what similarity laws must be obeyed .", first.text());
    assertEquals(Map.of("29", 4, "184", 3, "31", 1), first.grades());
  }

  @Test
  void aQuestionWithoutARelevantDocumentIsNotJudged() throws IOException {
    judge("1 184 2\n2 486 -1\n");
    JudgedCollection collection = read();
    assertEquals(2, collection.queries().size());
    assertEquals(List.of("1"), collection.judged().stream().map(JudgedQuery::id).toList());
  }

  @Test
  void anEmptyAbstractIsADocument() throws IOException {
    List<JudgedDocument> documents = new ArrayList<>();
    read().documents().read(documents::add);
    assertEquals(List.of("1", "2"), documents.stream().map(JudgedDocument::id).toList());
    assertEquals("experimental investigation\nthe text .", documents.getFirst().titleAndText());
    assertEquals("", documents.getLast().text());
  }

  @Test
  void aLineThatIsNoJudgementIsNamed() throws IOException {
    judge("1 184 2\n1 29\n");
    assertRefused("cranqrel:2: is no question, document, and code");
    judge("1 184 6\n");
    assertRefused("cranqrel:1: is no question, document, and code");
    judge("1 184 2\n\n3 1 1\n");
    assertRefused("cranqrel:3: there are questions 1 to 2");
  }

  private void assertRefused(String words) {
    String message = assertThrows(JudgementException.class, this::read).getMessage();
    assertTrue(message.contains(words), message);
  }

  private void judge(String lines) throws IOException {
    Files.writeString(folder.resolve("cranqrel"), lines);
  }

  private JudgedCollection read() throws IOException {
    return JudgedCollection.in(folder, Optional.empty());
  }
}
