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

class BeirFolderTest {
  private static final String HEADER = "query-id\tcorpus-id\tscore\n";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    put(
        "corpus.jsonl",
        """
        {"_id": "d1", "title": "Pumps", "text": "Water is lifted.", "metadata": {"url": "u", "n": 3}}
        {"_id": "d2", "title": "", "text": "Slime  grows in still water.", "metadata": {}}
        """);
    put(
        "queries.jsonl",
        """
        {"_id": "q1", "text": "lifting water"}
        {"_id": "q2", "text": "algae", "metadata": {}}
        {"_id": "q3", "text": "of another file of judgements"}
        """);
    put("qrels/test.tsv", HEADER + "q1\td1\t2\nq1\td2\t0\nq2\td1\t0\n");
  }

  @Test
  void aGradeOfZeroIsNotRelevantAndAQueryThatIsNotJudgedIsNotThere() throws IOException {
    JudgedCollection collection = read();
    assertEquals(
        List.of(
            new JudgedQuery("q1", "lifting water", Map.of("d1", 2)),
            new JudgedQuery("q2", "algae", Map.of())),
        collection.queries());
    assertEquals(List.of("q1"), collection.judged().stream().map(JudgedQuery::id).toList());
  }

  @Test
  void readsDocumentsWithTheirMetadata() throws IOException {
    List<JudgedDocument> documents = documents();
    assertEquals("d1", documents.getFirst().id());
    assertEquals("Pumps\nWater is lifted.", documents.getFirst().titleAndText());
    assertEquals(Map.of("url", "u", "n", "3"), documents.getFirst().metadata());
  }

  @Test
  void aDocumentWithoutATitleIsImportedUnderItsBeginning() throws IOException {
    String json = documents().getLast().forImport().json();
    assertTrue(json.contains("\"title\":\"Slime grows in still water.\""), json);
  }

  @Test
  void ofSeveralFilesOfJudgementsOneIsNamedOrTheTestIsTaken() throws IOException {
    put("qrels/dev.tsv", HEADER + "q3\td2\t1\n");
    assertEquals("q1", read().queries().getFirst().id());
    assertEquals("q3", JudgedCollection.in(folder, Optional.of("dev")).queries().getFirst().id());
    assertEquals(
        "Name the judgements with --qrels: dev, test.",
        assertThrows(
                JudgementException.class, () -> JudgedCollection.in(folder, Optional.of("train")))
            .getMessage());
  }

  @Test
  void whatCannotBeReadIsNamedWithItsLine() throws IOException {
    put("qrels/test.tsv", HEADER + "q1\td1\t1\nq1 d2 1\n");
    assertRefused("test.tsv:3: is no query, document and grade");
    put("qrels/test.tsv", HEADER + "q1\td1\t-1\n");
    assertRefused("test.tsv:2: is no query, document and grade");
    put("qrels/test.tsv", HEADER + "q9\td1\t1\n");
    assertRefused("test.tsv:2: there is no query q9");
    put(
        "queries.jsonl",
        "{\"_id\": \"q1\", \"text\": \"a\"}\n{\"_id\": \"q1\", \"text\": \"b\"}\n");
    assertRefused("queries.jsonl:2: query q1 stands there twice");
    put("queries.jsonl", "{\"_id\": 1, \"text\": \"a\"}\n");
    assertRefused("queries.jsonl:1: has no text in _id");
    put("queries.jsonl", "[]\n");
    assertRefused("queries.jsonl:1: is no JSON object");
    put("queries.jsonl", "\n{\n");
    assertRefused("queries.jsonl:2: is no JSON");
  }

  @Test
  void aDocumentThatCannotBeReadIsNamedWithItsLine() throws IOException {
    put("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"a\"}\n{\"_id\": \"d2\"}\n");
    assertTrue(
        assertThrows(JudgementException.class, this::documents)
            .getMessage()
            .endsWith("corpus.jsonl:2: has no text in text"));
  }

  @Test
  void aFolderOfSomethingElseIsRefused() {
    Path other = folder.resolve("qrels");
    assertTrue(
        assertThrows(JudgementException.class, () -> JudgedCollection.in(other, Optional.empty()))
            .getMessage()
            .endsWith("has neither corpus.jsonl (BEIR) nor cran.qry (Cranfield)."));
  }

  private void assertRefused(String words) {
    String message = assertThrows(JudgementException.class, this::read).getMessage();
    assertTrue(message.contains(words), message);
  }

  private void put(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private JudgedCollection read() throws IOException {
    return JudgedCollection.in(folder, Optional.empty());
  }

  private List<JudgedDocument> documents() throws IOException {
    List<JudgedDocument> documents = new ArrayList<>();
    read().documents().read(documents::add);
    return documents;
  }
}
