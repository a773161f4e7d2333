package relata.graph.generation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import relata.graph.database.Session;
import relata.graph.text.TextDocument;
import relata.graph.text.TextIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;

/** Everything of one generation, which this replica keeps in memory unless it is shared. */
public sealed class GenerationIndex permits SharedIndex {
  private static final int CATCH_UPS = 3;

  /** Two boxed numbers and their entry. */
  private static final long MARK_BYTES = 96;

  /** Spreads neighbouring numbers over all bits, as Knuth's multiplicative hashing does. */
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  private static final int DIGEST_SHIFT = 24;

  private final Generation generation;
  private final FeatureReader reader;
  private final int applyDocuments;
  private final VectorIndex vectors;
  private final TextIndex text;

  /** For each document that is there the transaction that stored what is there. */
  private final Map<Long, Long> marks;

  private final Set<Long> unsettled = ConcurrentHashMap.newKeySet();

  /**
   * Held from reading features to applying them: otherwise what was read first could be applied
   * last, and the index would go back in time.
   */
  private final ReentrantLock refreshing = new ReentrantLock();

  private volatile long includedCommit;
  private volatile Unsaved unsaved = Unsaved.NOTHING;

  /** An empty one. */
  GenerationIndex(
      Generation generation, GenerationConfig config, VectorIndex vectors, TextIndex text) {
    this(generation, config, new SavedGeneration(new ConcurrentHashMap<>(), vectors, text));
  }

  GenerationIndex(Generation generation, GenerationConfig config, SavedGeneration saved) {
    this.generation = generation;
    vectors = saved.vectors();
    text = saved.text();
    marks = saved.marks();
    reader = new FeatureReader(config.readRows(), config.maxAttributes());
    applyDocuments = config.applyDocuments();
  }

  public Generation generation() {
    return generation;
  }

  /** Whether all replicas use the same, which whoever commits edges writes. */
  public boolean isShared() {
    return false;
  }

  public VectorIndex vectors() {
    return vectors;
  }

  public TextIndex text() {
    return text;
  }

  /** Number of the last commit of edges whose documents were certainly loaded at the start. */
  public long includedCommit() {
    return includedCommit;
  }

  /** The documents that are there, with or without chunks. */
  Set<Long> documentIds() {
    return marks.keySet();
  }

  /** For each document that is there the transaction that stored what is there. */
  Map<Long, Long> marks() {
    return marks;
  }

  /**
   * A number of 40 bits that is the same on every replica that has the same: which documents are
   * there and who stored them.
   */
  long digest() {
    long digest = 0;
    for (Map.Entry<Long, Long> mark : marks.entrySet()) {
      long mixed = (mark.getKey() * 31 + mark.getValue()) * 31 + generation.id();
      mixed = (mixed ^ (mixed >>> 32)) * GOLDEN_RATIO;
      digest ^= mixed >>> DIGEST_SHIFT;
    }
    return digest;
  }

  /** Whether the document is there as this transaction stored it. */
  boolean holds(long documentId, long mark) {
    Long known = marks.get(documentId);
    return known != null && known == mark;
  }

  /** Documents whose vectors changed here since edges were last committed for them. */
  public Set<Long> unsettled() {
    return unsettled;
  }

  void load(Session session, long commit) {
    refreshing.lock();
    try {
      Batch batch = new Batch();
      reader.readAll(session, generation.id(), batch::add);
      batch.apply();
      includedCommit = commit;
    } finally {
      refreshing.unlock();
    }
  }

  /**
   * Brings what was saved to what is stored now, as if it had been loaded.
   *
   * @return whether as many chunks are there as are stored; if not, it must not be used
   */
  boolean catchUp(Session session, long commit) {
    boolean whole = false;
    for (int attempt = 0; attempt < CATCH_UPS && !whole; attempt++) {
      // What is stored meanwhile may be counted and not be there yet.
      var unused = IndexReconciliation.reconcile(session, this);
      whole = text.chunkCount() == FeatureReader.chunks(session, generation.id());
    }
    unsettled.clear();
    includedCommit = commit;
    return whole;
  }

  /** What is here that the snapshot lacks. */
  Unsaved unsaved() {
    return unsaved;
  }

  /** How much memory it takes here. */
  long memoryBytes() {
    VectorIndex.Size size = vectors.size();
    return size.heapBytes() + size.vectorBytes() + text.sizeBytes() + marks.size() * MARK_BYTES;
  }

  /** About how long a snapshot is. */
  long savedBytes() {
    VectorIndex.Size size = vectors.size();
    return size.heapBytes() + size.vectorBytes() + text.sizeBytes() + Marks.bytes(marks.size());
  }

  /**
   * What is there now, to be saved while the index goes on; from now on it counts as saved. Holds
   * writers up for as long as it takes to copy the marks.
   *
   * @return nothing if a part of it is kept elsewhere
   */
  Optional<FrozenGeneration> freeze() {
    text.dropRemoved();
    refreshing.lock();
    try {
      Optional<TextIndex.Frozen> words = text.freeze();
      Optional<VectorIndex.Frozen> numbers = vectors.freeze();
      if (words.isEmpty() || numbers.isEmpty()) {
        words.ifPresent(TextIndex.Frozen::close);
        numbers.ifPresent(VectorIndex.Frozen::close);
        return Optional.empty();
      }
      FrozenGeneration frozen =
          new FrozenGeneration(
              Marks.pairs(marks), numbers.get(), vectors.chunkCount(), words.get(), unsaved);
      unsaved = Unsaved.NOTHING;
      return Optional.of(frozen);
    } finally {
      refreshing.unlock();
    }
  }

  /** Takes back that it counts as saved. */
  void notSaved(FrozenGeneration frozen) {
    refreshing.lock();
    try {
      unsaved = unsaved.after(frozen.unsaved());
    } finally {
      refreshing.unlock();
    }
  }

  /**
   * Brings the documents to what is stored now; those without features are removed. What is there
   * already is not read again: most documents come here by two consumers.
   *
   * @return the stored revision of each that has features
   */
  public Map<Long, Revision> refresh(Session session, Collection<Long> documentIds) {
    refreshing.lock();
    try {
      Map<Long, Revision> present = new HashMap<>();
      Set<Long> others = new HashSet<>(documentIds);
      FeatureReader.marks(
          session,
          generation.id(),
          documentIds,
          (documentId, revision, mark) -> {
            if (holds(documentId, mark)) {
              present.put(documentId, revision);
              others.remove(documentId);
            }
          });
      if (!others.isEmpty()) {
        read(session, others, present);
      }
      return present;
    } finally {
      refreshing.unlock();
    }
  }

  /**
   * Brings what is shared to what is stored now of the documents, in the turn of the generation;
   * what each replica keeps for itself is refreshed.
   */
  public void share(Session session, Collection<Long> documentIds) {}

  private void read(Session session, Set<Long> documentIds, Map<Long, Revision> present) {
    Batch batch = new Batch();
    Set<Long> missing = new HashSet<>(documentIds);
    reader.read(
        session,
        generation.id(),
        documentIds,
        features -> {
          present.put(features.documentId(), features.revision());
          missing.remove(features.documentId());
          unsettled.addAll(batch.add(features));
        });
    unsettled.addAll(batch.apply());
    unsettled.addAll(vectors.apply(List.of(), missing));
    text.apply(List.of(), missing);
    int before = marks.size();
    marks.keySet().removeAll(missing);
    unsaved = unsaved.withObsolete(before - marks.size(), Instant.now());
  }

  /** Documents on their way into the indexes. */
  private final class Batch {
    private final List<StoredFeatures> waiting = new ArrayList<>();

    Set<Long> add(StoredFeatures features) {
      waiting.add(features);
      return waiting.size() < applyDocuments ? Set.of() : apply();
    }

    /** Text first, so that a chunk that is found by its vector can be shown. */
    Set<Long> apply() {
      List<TextDocument> texts = new ArrayList<>();
      List<DocumentVectors> comparable = new ArrayList<>();
      List<Long> without = new ArrayList<>();
      for (StoredFeatures features : waiting) {
        texts.add(features.text());
        features
            .vectors()
            .ifPresentOrElse(comparable::add, () -> without.add(features.documentId()));
      }
      text.apply(texts, List.of());
      Set<Long> changed = vectors.apply(comparable, without);
      int before = marks.size();
      waiting.forEach(features -> marks.put(features.documentId(), features.mark()));
      int added = marks.size() - before;
      unsaved = unsaved.withAdded(added).withObsolete(waiting.size() - added, Instant.now());
      waiting.clear();
      return changed;
    }
  }
}
