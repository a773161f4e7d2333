package relata.graph.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import relata.graph.vector.ChunkPredicate;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Effort;
import relata.graph.vector.Matches;
import relata.graph.vector.VectorIndex;

/**
 * Keeps a sketch of each vector in memory, excludes most by it with certainty, and compares the
 * rest exactly (docs/adr/0011-sketches-with-a-certain-bound.md). What is put is found at once;
 * readers never wait for writers, nor for what is done in the background.
 */
public final class SketchIndex implements VectorIndex {
  private static final long PAUSE_NANOS = 1_000_000;

  private final Settings settings;
  private final Kernels kernels;
  private final Executor background;
  private final Publication publication = new Publication();
  private final Scratch.Pool scratches = new Scratch.Pool();
  private final Courtesy courtesy = new Courtesy();
  private final Store store;
  private final Upkeep upkeep;
  private final AtomicBoolean keepingUp = new AtomicBoolean();

  /**
   * @param folder where the vectors are mapped from; none for the process's own memory
   * @param background runs what makes later searches faster; a single thread is enough for many
   *     indexes
   */
  public SketchIndex(Optional<Path> folder, Executor background) {
    this(folder, background, Settings.STANDARD, Kernels.best());
  }

  SketchIndex(Optional<Path> folder, Executor background, Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
    this.background = background;
    store = new Store(settings, folder, publication);
    upkeep = new Upkeep(settings, kernels, publication, store, courtesy, this);
  }

  /**
   * An index of what {@link #freeze} saved. The vectors are mapped from the saved file, which is
   * not written to, and has to stay as it is while the index is used; it may be deleted.
   *
   * @param saved the folder
   * @param folder as for a new index, for what is added
   * @throws IOException if the files cannot be read, or are not those of vectors; that they are the
   *     ones that were saved is for the caller to know
   */
  public static SketchIndex open(Path saved, Optional<Path> folder, Executor background)
      throws IOException {
    return open(saved, folder, background, Settings.STANDARD, Kernels.best());
  }

  static SketchIndex open(
      Path saved, Optional<Path> folder, Executor background, Settings settings, Kernels kernels)
      throws IOException {
    SketchIndex index = new SketchIndex(folder, background, settings, kernels);
    index.adopt(SegmentReader.read(saved, settings.segmentRows(), kernels));
    return index;
  }

  private void adopt(SegmentReader.Saved saved) {
    boolean due;
    synchronized (this) {
      saved.frames().forEach(store::setFrame);
      saved.segments().forEach(store::adopt);
      store.publish();
      due = upkeep.isDue();
    }
    keepUpIf(due);
  }

  @Override
  public synchronized Optional<Frozen> freeze() {
    return Optional.of(
        new FrozenVectors(publication.read(), Map.copyOf(store.frames()), settings.segmentRows()));
  }

  @Override
  public Set<Long> apply(Collection<DocumentVectors> put, Collection<Long> removed) {
    Set<Long> changed = new HashSet<>();
    boolean due;
    synchronized (this) {
      List<DocumentVectors> added = new ArrayList<>();
      Map<Integer, Integer> rows = new HashMap<>();
      for (DocumentVectors document : put) {
        if (!store.rows().holds(document)) {
          added.add(document);
          rows.merge(document.dimension(), document.ordinals().length, Integer::sum);
        }
      }
      rows.forEach(store::reserve);
      for (long documentId : removed) {
        if (store.rows().contains(documentId)) {
          store.remove(documentId);
          changed.add(documentId);
        }
      }
      for (DocumentVectors document : added) {
        store.remove(document.documentId());
        store.add(document);
        changed.add(document.documentId());
      }
      if (!changed.isEmpty()) {
        store.publish();
        courtesy.wrote();
      }
      due = upkeep.isDue();
    }
    keepUpIf(due);
    return changed;
  }

  private void keepUpIf(boolean due) {
    if (due && keepingUp.compareAndSet(false, true)) {
      background.execute(this::keepUp);
    }
  }

  private void keepUp() {
    do {
      try {
        Upkeep.Step step = upkeep.next();
        while (step != Upkeep.Step.NOTHING) {
          if (step == Upkeep.Step.WAITED) {
            LockSupport.parkNanos(PAUSE_NANOS);
          }
          step = upkeep.next();
        }
      } finally {
        keepingUp.set(false);
      }
      // Whoever came before the flag was taken back relied on this round.
    } while (isDue() && keepingUp.compareAndSet(false, true));
  }

  private synchronized boolean isDue() {
    return upkeep.isDue();
  }

  @Override
  public synchronized Map<Long, DocumentVectors> vectors(Collection<Long> documentIds) {
    Map<Long, DocumentVectors> found = new LinkedHashMap<>();
    for (long documentId : documentIds) {
      store.rows().vectors(documentId).ifPresent(vectors -> found.put(documentId, vectors));
    }
    return found;
  }

  /** One chunk of a document that is compared with the whole index. */
  private record Chunk(Matches matches, int ordinal, Query query) {}

  @Override
  public List<Matches> matches(
      List<DocumentVectors> documents, double minSimilarity, LongPredicate among) {
    List<Matches> results = new ArrayList<>(documents.size());
    Map<Integer, List<Chunk>> chunks = new HashMap<>();
    for (DocumentVectors document : documents) {
      Matches matches = new Matches(document.documentId());
      results.add(matches);
      for (int i = 0; i < document.ordinals().length; i++) {
        Query query = new Query(document.vector(i));
        if (query.hasDirection()) {
          chunks
              .computeIfAbsent(document.dimension(), d -> new ArrayList<>())
              .add(new Chunk(matches, document.ordinals()[i], query));
        }
      }
    }
    try (Publication.Reading reading = publication.read()) {
      for (List<Chunk> of : chunks.values()) {
        for (int from = 0; from < of.size(); from += Panel.QUERIES) {
          List<Chunk> some = of.subList(from, Math.min(from + Panel.QUERIES, of.size()));
          new RangeScan(
                  kernels,
                  reading.state(),
                  some.stream().map(Chunk::query).toList(),
                  minSimilarity,
                  new Collected(some, among))
              .run();
        }
      }
    }
    return results;
  }

  private record Collected(List<Chunk> chunks, LongPredicate among) implements RangeScan.Pairs {
    @Override
    public boolean isWanted(int query, long documentId) {
      return documentId != chunks.get(query).matches().documentId() && among.test(documentId);
    }

    @Override
    public void found(int query, long documentId, int ordinal, double similarity) {
      Chunk chunk = chunks.get(query);
      chunk.matches().offer(documentId, similarity, chunk.ordinal(), ordinal);
    }
  }

  /**
   * As {@link #matches} of all documents there are, in one state of the index, for half of the
   * time: each pair is compared once (docs/adr/0038-all-edges-by-comparing-each-pair-once.md).
   * Takes about 70 bytes for each pair that is found, and whatever is erased meanwhile keeps its
   * memory.
   *
   * @param threads how many to start, as many as processors: a scan never waits for anything
   * @return of the documents that match any, in no order
   */
  public Collection<Matches> allMatches(double minSimilarity, int threads) {
    try (Publication.Reading reading = publication.read()) {
      return new AllPairs(kernels, reading.state(), minSimilarity).matches(threads);
    }
  }

  @Override
  public List<Hit> nearest(float[] vector, int limit) {
    return nearest(vector, limit, Effort.CERTAIN);
  }

  @Override
  public List<Hit> nearest(float[] vector, int limit, Effort effort) {
    return search(List.of(vector), limit, Filter.NONE, effort).getFirst().hits();
  }

  @Override
  public List<Hit> nearest(float[] vector, int limit, ChunkPredicate among) {
    return search(List.of(vector), limit, Filter.ofChunks(among), Effort.CERTAIN).getFirst().hits();
  }

  /**
   * The documents most similar to each of some vectors of one dimension, as {@link #nearest}.
   *
   * @param filter which documents may be found
   */
  public List<Found> search(List<float[]> vectors, int limit, Filter filter, Effort effort) {
    if (vectors.isEmpty()) {
      return List.of();
    }
    List<Query> queries = vectors.stream().map(Query::new).toList();
    Scratch scratch = scratches.take();
    try (Publication.Reading reading = publication.read()) {
      int dimension = queries.getFirst().dimension();
      return new Search(kernels, reading.state(), dimension, limit, filter, effort, scratch)
          .run(queries);
    } finally {
      scratches.giveBack(scratch);
    }
  }

  @Override
  public int lists() {
    return Math.max(1, publication.current().lists());
  }

  @Override
  public int documentCount() {
    return publication.current().documents;
  }

  @Override
  public int chunkCount() {
    return publication.current().chunks;
  }

  @Override
  public synchronized Size size() {
    return new Size(store.heapBytes(), store.mappedBytes());
  }
}
