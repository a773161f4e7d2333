package relata.graph.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.ByteBuffersDataOutput;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.SingleInstanceLockFactory;

/**
 * Lucene in memory: BM25 over text, headings and title of every chunk. It owns nothing but heap, so
 * it need not be closed: whoever still searches it when it is dropped gets an answer.
 */
public final class LuceneIndex implements TextIndex {
  private static final double WRITE_BUFFER_MEGABYTES = 16;

  /** A file is an array, which has 2 GB at most. */
  private static final double MAX_SEGMENT_MEGABYTES = 1_000;

  /** Each that waits leaves some more parts to be searched. */
  private static final int MOST_MERGES = 4;

  private final Language language;
  private final ByteBuffersDirectory directory;
  private final FrozenCommit commit = new FrozenCommit();
  private final ConcurrentMergeScheduler merges = merges();
  private final IndexWriter writer;
  private final SearcherManager searchers;
  private final PassingChunks passing = new PassingChunks();

  public LuceneIndex(Language language) {
    this(language, memory());
  }

  /** Each file as one array. */
  private static ByteBuffersDirectory memory() {
    return new ByteBuffersDirectory(
        new SingleInstanceLockFactory(),
        ByteBuffersDataOutput::new,
        (file, written) -> new ArrayInput(file, written.toArrayCopy()));
  }

  /**
   * On threads that end with what they merge: a merge of all there is takes seconds, and whoever
   * writes must not wait for it. One merges at a time, the smallest first; with too many waiting,
   * writers wait as well.
   */
  private static ConcurrentMergeScheduler merges() {
    ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
    merges.setMaxMergesAndThreads(MOST_MERGES, 1);
    merges.disableAutoIOThrottle();
    return merges;
  }

  LuceneIndex(Language language, ByteBuffersDirectory directory) {
    this.language = language;
    this.directory = directory;
    Analyzer analyzer =
        new PerFieldAnalyzerWrapper(
            Analyzers.of(language), Map.of(ChunkFields.WRITTEN, Analyzers.asWritten()));
    try {
      writer =
          new IndexWriter(
              directory,
              new IndexWriterConfig(analyzer)
                  .setIndexDeletionPolicy(commit)
                  .setRAMBufferSizeMB(WRITE_BUFFER_MEGABYTES)
                  .setMergePolicy(
                      new TieredMergePolicy()
                          .setForceMergeDeletesPctAllowed(0)
                          .setMaxMergedSegmentMB(MAX_SEGMENT_MEGABYTES))
                  .setMergeScheduler(merges));
      searchers = new SearcherManager(writer, new Searchers());
    } catch (IOException failed) {
      throw new UncheckedIOException("opening a text index in memory", failed);
    }
  }

  /**
   * An index of what {@link FrozenText#save} wrote, read into memory.
   *
   * @param language in which it was written
   * @throws IOException if the files cannot be read, or are not those of an index; that they are
   *     the ones that were saved is for the caller to know
   */
  public static LuceneIndex open(Language language, Path saved) throws IOException {
    ByteBuffersDirectory directory = memory();
    try (Directory files = FSDirectory.open(saved)) {
      for (String file : files.listAll()) {
        directory.copyFrom(files, file, file, IOContext.READONCE);
      }
    }
    if (!DirectoryReader.indexExists(directory)) {
      throw new IOException("there is no text index in " + saved.getFileName());
    }
    try {
      return new LuceneIndex(language, directory);
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
        writer.updateDocuments(
            ChunkFields.document(document.documentId()), ChunkFields.write(document));
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
      // A merge that began before something was removed takes it along, and keeps it from this one.
      merges.sync();
      if (writer.hasDeletions()) {
        writer.forceMergeDeletes();
        merges.sync();
        searchers.maybeRefreshBlocking();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("merging a text index in memory", failed);
    }
  }

  @Override
  public List<TextHit> search(TextQuery query, int limit) {
    return read(searcher -> of(searcher).best(query, limit));
  }

  @Override
  public ChunkSet passing(ChunkFilter filter) {
    return read(
        searcher -> {
          Object state = searcher.getIndexReader().getReaderCacheHelper().getKey();
          return passing.of(state, filter, () -> of(searcher).passing(filter));
        });
  }

  @Override
  public Map<ChunkKey, Double> scores(TextQuery query, Collection<ChunkKey> chunks) {
    return read(searcher -> of(searcher).scores(query, chunks));
  }

  @Override
  public QueryWords words(TextQuery query) {
    return read(searcher -> of(searcher).words(query));
  }

  @Override
  public Optional<ScorePart> explain(TextQuery query, ChunkKey chunk) {
    return read(searcher -> of(searcher).explain(query, chunk));
  }

  @Override
  public Map<ChunkKey, TextChunk> chunks(Collection<ChunkKey> keys) {
    return read(searcher -> of(searcher).chunks(keys));
  }

  private LuceneSearch of(WordSearcher searcher) {
    return new LuceneSearch(language, searcher);
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

  private static final class Searchers extends SearcherFactory {
    @Override
    public IndexSearcher newSearcher(IndexReader reader, IndexReader previous) {
      return new WordSearcher(reader);
    }
  }

  private interface Reading<T> {
    T with(WordSearcher searcher) throws IOException;
  }

  private <T> T read(Reading<T> reading) {
    try {
      IndexSearcher searcher = searchers.acquire();
      try {
        return reading.with((WordSearcher) searcher);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("reading a text index in memory", failed);
    }
  }
}
