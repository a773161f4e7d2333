package relata.graph.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.graph.engine.SketchIndex;
import relata.graph.snapshot.Snapshots;
import relata.graph.text.Language;
import relata.graph.text.LuceneIndex;
import relata.graph.text.TextChunk;
import relata.graph.text.TextDocument;
import relata.graph.text.TextIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;

/**
 * What is saved for the same documents. If this fails, older snapshots would be understood in
 * another way than they were written: raise {@link Snapshots#LAYOUT}, and put the new values here
 * beside it.
 */
class SavedLayoutTest {
  private static final int LAYOUT = 4;

  private static final long VECTOR_ROWS = 2_420_518_607L;
  private static final long VECTOR_NUMBERS = 73_034_046L;

  /** Of so few there are none; their layout is SavedVectorsTest's. */
  private static final long NO_SKETCHES = 0;

  private static final long MARKS = 3_203_890_532L;
  private static final long WORDS = 4_115_880_819L;

  @TempDir private Path folder;

  @Test
  void theVectorsAreSavedAsThisLayoutSays() throws IOException {
    SketchIndex index = new SketchIndex(Optional.empty(), Runnable::run);
    index.apply(
        List.of(
            new DocumentVectors(7, 3, new int[] {0, 2}, new float[] {1, 2, 3, 4, 5, 6}),
            new DocumentVectors(8, 2, new int[] {1}, new float[] {0.5f, -1})),
        List.of());
    try (VectorIndex.Frozen frozen = index.freeze().orElseThrow()) {
      frozen.save(folder);
    }
    assertEquals(LAYOUT, Snapshots.LAYOUT);
    assertEquals(
        Map.of("rows", VECTOR_ROWS, "sketches", NO_SKETCHES, "vectors.f32", VECTOR_NUMBERS),
        checksums(folder));
  }

  private static Map<String, Long> checksums(Path folder) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        checksums.put(file.getFileName().toString(), checksum(Files.readAllBytes(file)));
      }
    }
    return checksums;
  }

  private static long checksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return checksum.getValue();
  }

  @Test
  void theMarksAreSavedAsThisLayoutSays() throws IOException {
    Marks.write(folder.resolve("marks"), new long[] {7, 1234567890123L});
    assertEquals(LAYOUT, Snapshots.LAYOUT);
    assertEquals(Map.of("marks", MARKS), checksums(folder));
  }

  @Test
  void theWordsAreSavedAsThisLayoutSays() throws IOException {
    LuceneIndex index = new LuceneIndex(Language.EN);
    index.apply(
        List.of(
            new TextDocument(
                7,
                List.of(
                    new TextChunk(
                        2,
                        "paragraph",
                        List.of("Running notes", "The Café's parts", "2.1"),
                        "She was RUNNING the co-op's e-mail (foo.bar) 3,141 times & über-fast")))),
        List.of());
    try (TextIndex.Frozen frozen = index.freeze().orElseThrow()) {
      frozen.save(folder);
    }
    assertEquals(LAYOUT, Snapshots.LAYOUT);
    String words = words(folder);
    assertEquals(WORDS, checksum(words.getBytes(UTF_8)), words);
  }

  /** Every field with its terms, and what is stored. */
  private static String words(Path folder) throws IOException {
    StringBuilder words = new StringBuilder();
    try (DirectoryReader reader = DirectoryReader.open(FSDirectory.open(folder))) {
      TreeSet<String> fields = new TreeSet<>();
      for (LeafReaderContext context : reader.leaves()) {
        LeafReader leaf = context.reader();
        leaf.getFieldInfos()
            .forEach(
                field ->
                    fields.add(
                        "%s %s %s %s"
                            .formatted(
                                field.name,
                                field.getIndexOptions(),
                                field.getDocValuesType(),
                                field.omitsNorms())));
      }
      for (String field : fields) {
        words.append(field).append(':');
        Terms terms = MultiTerms.getTerms(reader, field.split(" ", -1)[0]);
        TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
        for (BytesRef term = each.next(); term != null; term = each.next()) {
          words.append(' ').append(term.utf8ToString());
        }
        words.append('\n');
      }
      Document stored = reader.storedFields().document(0);
      for (IndexableField field : stored.getFields()) {
        words.append(field.name()).append(" = ").append(field.stringValue()).append('\n');
      }
    }
    return words.toString();
  }
}
