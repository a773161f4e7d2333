package relata.graph.generation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import relata.graph.database.Session;
import relata.graph.text.TextDocument;
import relata.graph.text.TextIndex;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.VectorIndex;

/** Everything of one generation, which this replica keeps in memory unless it is shared. */
public sealed class GenerationIndex permits SharedIndex {
  private final Generation generation;
  private final FeatureReader reader;
  private final int applyDocuments;
  private final VectorIndex vectors;
  private final TextIndex text;

  /** For each document that is there the transaction that stored what is there. */
  private final Map<Long, Long> marks = new ConcurrentHashMap<>();

  private final Set<Long> unsettled = ConcurrentHashMap.newKeySet();

  /**
   * Held from reading features to applying them: otherwise what was read first could be applied
   * last, and the index would go back in time.
   */
  private final ReentrantLock refreshing = new ReentrantLock();

  private volatile long includedCommit;

  private final LongAdder changes = new LongAdder();

  GenerationIndex(
      Generation generation, GenerationConfig config, VectorIndex vectors, TextIndex text) {
    this.generation = generation;
    this.vectors = vectors;
    this.text = text;
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

  /** How many times a document changed here, since the generation was loaded. */
  public long changes() {
    return changes.sum();
  }

  /** The documents that are there, with or without chunks. */
  Set<Long> documentIds() {
    return marks.keySet();
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
    marks.keySet().removeAll(missing);
    changes.add(documentIds.size());
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
      waiting.forEach(features -> marks.put(features.documentId(), features.mark()));
      waiting.clear();
      return changed;
    }
  }
}
