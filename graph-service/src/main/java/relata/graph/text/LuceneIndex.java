package relata.graph.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;

/**
 * Lucene in memory: BM25 over text, headings and title of every chunk. It owns nothing but heap, so
 * it need not be closed: whoever still searches it when it is dropped gets an answer.
 */
public final class LuceneIndex implements TextIndex {
  private static final double WRITE_BUFFER_MEGABYTES = 16;

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final ByteBuffersDirectory directory;
  private final FrozenCommit commit = new FrozenCommit();
  private final IndexWriter writer;
  private final SearcherManager searchers;

  public LuceneIndex() {
    this(new ByteBuffersDirectory());
  }

  LuceneIndex(ByteBuffersDirectory directory) {
    this.directory = directory;
    try {
      // Merging on the writer's thread: no threads of its own that nobody bounds or stops.
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(analyzer)
                  .setIndexDeletionPolicy(commit)
                  .setRAMBufferSizeMB(WRITE_BUFFER_MEGABYTES)
                  .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0))
                  .setMergeScheduler(new SerialMergeScheduler()));
      searchers = new SearcherManager(writer, null);
    } catch (IOException failed) {
      throw new UncheckedIOException("opening a text index in memory", failed);
    }
  }

  /**
   * An index of what {@link FrozenText#save} wrote, read into memory.
   *
   * @throws IOException if the files cannot be read, or are not those of an index; that they are
   *     the ones that were saved is for the caller to know
   */
  public static LuceneIndex open(Path saved) throws IOException {
    ByteBuffersDirectory directory = new ByteBuffersDirectory();
    try (Directory files = FSDirectory.open(saved)) {
      for (String file : files.listAll()) {
        directory.copyFrom(files, file, file, IOContext.READONCE);
      }
    }
    if (!DirectoryReader.indexExists(directory)) {
      throw new IOException("there is no text index in " + saved.getFileName());
    }
    try {
      return new LuceneIndex(directory);
    } catch (UncheckedIOException failed) {
      throw failed.getCause();
    }
  }

  /**
   * {@inheritDoc} One at a time. It holds the texts of what was removed until {@link #dropRemoved}
   * has let go of them.
   */
  @Override
  public Optional<Frozen> freeze() {
    return Optional.of(FrozenText.of(directory, writer, commit));
  }

  @Override
  public int chunkCount() {
    return read(searcher -> searcher.getIndexReader().numDocs());
  }

  @Override
  public void apply(Collection<TextDocument> put, Collection<Long> removed) {
    try {
      for (TextDocument document : put) {
        List<Document> chunks = new ArrayList<>(document.chunks().size());
        for (TextChunk chunk : document.chunks()) {
          chunks.add(ChunkFields.write(document.documentId(), chunk));
        }
        writer.updateDocuments(ChunkFields.document(document.documentId()), chunks);
      }
      for (long documentId : removed) {
        writer.deleteDocuments(ChunkFields.document(documentId));
      }
      searchers.maybeRefreshBlocking();
    } catch (IOException failed) {
      throw new UncheckedIOException("writing to a text index in memory", failed);
    }
  }

  /** Copies what shares a segment with what was removed; free when there is none. */
  @Override
  public void dropRemoved() {
    try {
      if (writer.hasDeletions()) {
        writer.forceMergeDeletes();
        searchers.maybeRefreshBlocking();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("merging a text index in memory", failed);
    }
  }

  @Override
  public List<TextHit> search(TextQuery query, int limit) {
    Optional<Query> words = WordQuery.of(analyzer, query.text(), query.maxWords());
    return words.isEmpty() ? List.of() : read(searcher -> search(searcher, words.get(), limit));
  }

  /** More chunks are asked for until they are of enough documents, or there are no more. */
  private static List<TextHit> search(IndexSearcher searcher, Query query, int limit)
      throws IOException {
    int chunks = 4 * limit;
    while (true) {
      TopDocs found = searcher.search(query, chunks);
      List<TextHit> hits = byDocument(searcher, found);
      if (hits.size() >= limit || found.scoreDocs.length < chunks) {
        return List.copyOf(hits.subList(0, Math.min(limit, hits.size())));
      }
      chunks *= 4;
    }
  }

  private static List<TextHit> byDocument(IndexSearcher searcher, TopDocs found)
      throws IOException {
    Map<Long, TextHit> best = new LinkedHashMap<>();
    for (ScoreDoc chunk : found.scoreDocs) {
      int ordinal = (int) number(searcher, chunk.doc, ChunkFields.ORDINAL);
      long documentId = number(searcher, chunk.doc, ChunkFields.DOCUMENT_ID);
      TextHit hit = new TextHit(documentId, ordinal, chunk.score);
      best.merge(documentId, hit, LuceneIndex::better);
    }
    List<TextHit> hits = new ArrayList<>(best.values());
    hits.sort(
        (a, b) ->
            a.score() == b.score()
                ? Long.compare(a.documentId(), b.documentId())
                : Double.compare(b.score(), a.score()));
    return hits;
  }

  private static TextHit better(TextHit first, TextHit second) {
    boolean lower = second.score() == first.score() && second.ordinal() < first.ordinal();
    return second.score() > first.score() || lower ? second : first;
  }

  private static long number(IndexSearcher searcher, int document, String field)
      throws IOException {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(document, leaves));
    NumericDocValues values = leaf.reader().getNumericDocValues(field);
    if (values == null || !values.advanceExact(document - leaf.docBase)) {
      throw new IllegalStateException("a chunk without " + field);
    }
    return values.longValue();
  }

  @Override
  public Map<ChunkKey, TextChunk> chunks(Collection<ChunkKey> keys) {
    return read(
        searcher -> {
          Map<ChunkKey, TextChunk> chunks = new HashMap<>();
          for (ChunkKey key : keys) {
            TopDocs found = searcher.search(new TermQuery(ChunkFields.chunk(key)), 1);
            if (found.scoreDocs.length > 0) {
              Document document = searcher.storedFields().document(found.scoreDocs[0].doc);
              chunks.put(key, ChunkFields.read(document));
            }
          }
          return chunks;
        });
  }

  @Override
  public long sizeBytes() {
    try {
      long size = writer.ramBytesUsed();
      for (String file : directory.listAll()) {
        size += sizeBytes(file);
      }
      return size;
    } catch (IOException failed) {
      throw new UncheckedIOException("listing a text index in memory", failed);
    }
  }

  private long sizeBytes(String file) throws IOException {
    try {
      return directory.fileLength(file);
    } catch (NoSuchFileException merged) {
      // A merge took it away since it was listed.
      return 0;
    }
  }

  private interface Reading<T> {
    T with(IndexSearcher searcher) throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return reading.with(searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("reading a text index in memory", failed);
    }
  }
}
