package relata.graph.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/** Lucene's HNSW with its defaults, float32, one segment, on this machine's disk. */
final class LucenePeer implements SearchPeer.Filtering {
  private static final String FIELD = "vector";
  private static final Term KEPT = new Term("kept", "yes");
  private static final double BUFFER_MEBIBYTES = 1000;

  private Path folder;
  private Directory directory;
  private DirectoryReader reader;
  private IndexSearcher searcher;

  @Override
  public String name() {
    return "lucene";
  }

  @Override
  public void build(float[][] vectors, IntPredicate kept) throws IOException {
    folder = Files.createTempDirectory("relata-bench-lucene-");
    directory = new MMapDirectory(folder);
    IndexWriterConfig config =
        new IndexWriterConfig().setRAMBufferSizeMB(BUFFER_MEBIBYTES).setUseCompoundFile(false);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      for (int id = 0; id < vectors.length; id++) {
        Document document = new Document();
        document.add(
            new KnnFloatVectorField(FIELD, vectors[id], VectorSimilarityFunction.DOT_PRODUCT));
        if (kept.test(id)) {
          document.add(new StringField(KEPT.field(), KEPT.text(), Field.Store.NO));
        }
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
    reader = DirectoryReader.open(directory);
    searcher = new IndexSearcher(reader);
  }

  @Override
  public List<Long> nearest(float[] vector, int limit, int effort) {
    return found(new KnnFloatVectorQuery(FIELD, vector, effort), limit);
  }

  @Override
  public List<Long> nearestKept(float[] vector, int limit, int effort) {
    return found(new KnnFloatVectorQuery(FIELD, vector, effort, new TermQuery(KEPT)), limit);
  }

  private List<Long> found(Query query, int limit) {
    try {
      List<Long> ids = new ArrayList<>();
      for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
        ids.add((long) hit.doc);
      }
      return ids;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
