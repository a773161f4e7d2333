package relata.graph.text;

import java.util.Arrays;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;

/**
 * How a chunk is kept in Lucene. The text is stored as well, so that a hit is shown as it was
 * indexed and no database is asked on the way of a search.
 */
final class ChunkFields {
  static final String TEXT = "text";
  static final String TITLE = "title";
  static final String HEADINGS = "headings";

  /** All words as they are written: what is left of a word by its stem has other beginnings. */
  static final String WRITTEN = "written";

  static final String DOCUMENT_ID = "document_id";
  static final String ORDINAL = "ordinal";
  static final String KIND = "kind";
  static final String CHUNK = "chunk";
  private static final String DOCUMENT = "document";
  private static final String HEADING = "heading";
  private static final FieldType WHICH_WORDS = whichWords();

  private ChunkFields() {}

  private static FieldType whichWords() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setOmitNorms(true);
    type.setIndexOptions(IndexOptions.DOCS);
    type.freeze();
    return type;
  }

  static Term document(long documentId) {
    return new Term(DOCUMENT, Long.toString(documentId));
  }

  static Term chunk(ChunkKey key) {
    return new Term(CHUNK, key.term());
  }

  static List<Document> write(TextDocument document) {
    return document.chunks().stream().map(chunk -> write(document, chunk)).toList();
  }

  private static Document write(TextDocument of, TextChunk chunk) {
    long documentId = of.documentId();
    Document document = new Document();
    document.add(new StringField(DOCUMENT, Long.toString(documentId), Field.Store.NO));
    document.add(
        new StringField(CHUNK, new ChunkKey(documentId, chunk.ordinal()).term(), Field.Store.NO));
    document.add(new NumericDocValuesField(DOCUMENT_ID, documentId));
    document.add(new NumericDocValuesField(ORDINAL, chunk.ordinal()));
    document.add(new TextField(TITLE, chunk.title(), Field.Store.NO));
    document.add(new TextField(HEADINGS, chunk.headings(), Field.Store.NO));
    document.add(new TextField(TEXT, chunk.text(), Field.Store.YES));
    for (String text : List.of(chunk.title(), chunk.headings(), chunk.text())) {
      document.add(new Field(WRITTEN, text, WHICH_WORDS));
    }
    document.add(new StoredField(ORDINAL, chunk.ordinal()));
    document.add(new StringField(KIND, chunk.kind(), Field.Store.YES));
    for (String heading : chunk.headingPath()) {
      document.add(new StoredField(HEADING, heading));
    }
    AttributeTerms.add(document, of.attributes());
    return document;
  }

  static TextChunk read(Document document) {
    return new TextChunk(
        document.getField(ORDINAL).numericValue().intValue(),
        document.get(KIND),
        Arrays.asList(document.getValues(HEADING)),
        document.get(TEXT));
  }
}
