package relata.graph.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
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
  private final Courtesy courtesy;
  private final Store store;
  private final Upkeep upkeep;
  private final AtomicBoolean keepingUp = new AtomicBoolean();

  /** For as long as whoever searches among them holds on to them. */
  private final Map<ChunkPredicate, Filter.Known> known =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * @param folder where the vectors are mapped from; none for the process's own memory
   * @param background runs what makes later searches faster; a single thread is enough for many
   *     indexes, each of which has it for some seconds at a time
   */
  public SketchIndex(Optional<Path> folder, Executor background) {
    this(folder, background, Settings.STANDARD, Kernels.best());
  }

  SketchIndex(Optional<Path> folder, Executor background, Settings settings, Kernels kernels) {
    this.settings = settings;
    this.kernels = kernels;
    this.background = background;
    courtesy = new Courtesy(settings.settledMillis());
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
        store.put(document);
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
            if (Thread.currentThread().isInterrupted()) {
              // The background ends, and would not pause any more.
              return;
            }
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
  public Map<Long, DocumentVectors> vectors(Collection<Long> documentIds) {
    Map<Long, DocumentVectors> found = new LinkedHashMap<>();
    // Rows that are replaced meanwhile keep their vectors until this is closed.
    try (Publication.Reading _ = publication.read()) {
      for (long documentId : documentIds) {
        store.rows().vectors(documentId).ifPresent(vectors -> found.put(documentId, vectors));
      }
    }
    return found;
  }

  @Override
  public List<Matches> matches(
      List<DocumentVectors> documents, double minSimilarity, LongPredicate among) {
    try (Publication.Reading reading = publication.read()) {
      return new DocumentScan(kernels, reading.state(), minSimilarity, among).matches(documents);
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
    return nearest(List.of(vector), limit, among).getFirst();
  }

  @Override
  public List<List<Hit>> nearest(List<float[]> vectors, int limit) {
    return certain(vectors, limit, Filter.NONE);
  }

  @Override
  public List<List<Hit>> nearest(List<float[]> vectors, int limit, ChunkPredicate among) {
    return certain(
        vectors,
        limit,
        Filter.ofChunks(among, known.computeIfAbsent(among, chunks -> new Filter.Known())));
  }

  private List<List<Hit>> certain(List<float[]> vectors, int limit, Filter filter) {
    return search(vectors, limit, filter, Effort.CERTAIN).stream().map(Found::hits).toList();
  }

  /**
   * The documents most similar to each of some vectors of one dimension, as {@link #nearest}.
   *
   * @param filter which documents may be found
   * @throws IllegalArgumentException if the dimensions differ
   */
  public List<Found> search(List<float[]> vectors, int limit, Filter filter, Effort effort) {
    if (vectors.isEmpty()) {
      return List.of();
    }
    int dimension = vectors.getFirst().length;
    if (vectors.stream().anyMatch(vector -> vector.length != dimension)) {
      throw new IllegalArgumentException("vectors of several dimensions");
    }
    List<Query> queries = vectors.stream().map(Query::new).toList();
    Scratch scratch = scratches.take();
    try (Publication.Reading reading = publication.read()) {
      return new Search(kernels, reading.state(), dimension, limit, filter, effort, scratch)
          .run(queries);
    } finally {
      // What several take, four times as much, is not kept for those that come alone.
      if (queries.size() == 1) {
        scratches.giveBack(scratch);
      }
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
