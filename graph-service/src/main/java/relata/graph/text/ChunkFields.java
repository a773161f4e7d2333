package relata.graph.text;

import java.util.Arrays;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;

/**
 * How a chunk is kept in Lucene. The text is stored as well, so that a hit is shown as it was
 * indexed and no database is asked on the way of a search.
 */
final class ChunkFields {
  static final String TEXT = "text";
  static final String TITLE = "title";
  static final String HEADINGS = "headings";
  static final String DOCUMENT_ID = "document_id";
  static final String ORDINAL = "ordinal";
  private static final String DOCUMENT = "document";
  private static final String CHUNK = "chunk";
  private static final String KIND = "kind";
  private static final String HEADING = "heading";

  private ChunkFields() {}

  static Term document(long documentId) {
    return new Term(DOCUMENT, Long.toString(documentId));
  }

  static Term chunk(ChunkKey key) {
    return new Term(CHUNK, key.term());
  }

  static Document write(long documentId, TextChunk chunk) {
    Document document = new Document();
    document.add(new StringField(DOCUMENT, Long.toString(documentId), Field.Store.NO));
    document.add(
        new StringField(CHUNK, new ChunkKey(documentId, chunk.ordinal()).term(), Field.Store.NO));
    document.add(new NumericDocValuesField(DOCUMENT_ID, documentId));
    document.add(new NumericDocValuesField(ORDINAL, chunk.ordinal()));
    document.add(new TextField(TITLE, chunk.title(), Field.Store.NO));
    document.add(new TextField(HEADINGS, chunk.headings(), Field.Store.NO));
    document.add(new TextField(TEXT, chunk.text(), Field.Store.YES));
    document.add(new StoredField(ORDINAL, chunk.ordinal()));
    document.add(new StoredField(KIND, chunk.kind()));
    for (String heading : chunk.headingPath()) {
      document.add(new StoredField(HEADING, heading));
    }
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
