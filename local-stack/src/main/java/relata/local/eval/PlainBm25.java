package relata.local.eval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * What is to be beaten: Lucene's BM25 as it comes (k1 1.2, b 0.75), a whole document a document,
 * title and text in one field, any of the query's words.
 */
final class PlainBm25 implements AutoCloseable {
  private static final String ID = "id";
  private static final String TEXT = "text";

  /** Held, so that its level stays. Lucene warns that vectors would be slow; here are none. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  static {
    LUCENE.setLevel(Level.SEVERE);
  }

  private final QueryBuilder queries;
  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  private PlainBm25(Analyzer analyzer, Directory directory) throws IOException {
    this.queries = new QueryBuilder(analyzer);
    this.directory = directory;
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
  }

  /**
   * @param folder empty; for the index
   */
  static PlainBm25 of(JudgedCollection.Documents documents, Analyzer analyzer, Path folder)
      throws IOException {
    Directory directory = FSDirectory.open(folder);
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
      List<IOException> failed = new ArrayList<>();
      documents.read(
          document -> {
            try {
              writer.addDocument(fields(document));
            } catch (IOException full) {
              failed.add(full);
            }
          });
      if (!failed.isEmpty()) {
        throw failed.getFirst();
      }
    }
    return new PlainBm25(analyzer, directory);
  }

  private static Document fields(JudgedDocument document) {
    Document fields = new Document();
    fields.add(new StringField(ID, document.id(), Field.Store.YES));
    fields.add(new TextField(TEXT, document.titleAndText(), Field.Store.NO));
    return fields;
  }

  /** The ids of the best, ties in the order of the documents. */
  List<String> search(String text, int limit) throws IOException {
    Query query = queries.createBooleanQuery(TEXT, text);
    List<String> ids = new ArrayList<>();
    if (query != null) {
      for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
        ids.add(searcher.storedFields().document(hit.doc).get(ID));
      }
    }
    return ids;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
  }
}
