package relata.graph.generation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.graph.database.Session;

/**
 * A generation that all replicas share in one store. Nobody has to refresh it for himself: it is
 * written in the generation's turn, with the commit of the edges
 * (docs/adr/0017-collections-beyond-one-machine-in-opensearch.md).
 */
public final class SharedIndex extends GenerationIndex {
  private static final String IS_LINKED =
      "select exists (select from graph.node where generation_id = $1)";

  /** Read after the turn has come, so that it is later than in every turn before. */
  private static final String NOW =
      "select (extract(epoch from clock_timestamp()) * 1000000)::bigint";

  private final SharedStore store;
  private final FeatureReader reader;
  private final int applyDocuments;

  SharedIndex(Generation generation, GenerationConfig config, SharedStore store) {
    super(generation, config, store.vectors(), store.text());
    this.store = store;
    reader = new FeatureReader(config.readRows(), config.maxAttributes());
    applyDocuments = config.applyDocuments();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  long memoryBytes() {
    return 0;
  }

  /** What there is was written by whoever committed. */
  @Override
  public Map<Long, Revision> refresh(Session session, Collection<Long> documentIds) {
    Map<Long, Revision> present = new HashMap<>();
    FeatureReader.marks(
        session,
        generation().id(),
        documentIds,
        (documentId, revision, mark) -> present.put(documentId, revision));
    return present;
  }

  @Override
  public void share(Session session, Collection<Long> documentIds) {
    long turn = number(session, NOW);
    Set<Long> missing = new HashSet<>(documentIds);
    List<StoredFeatures> waiting = new ArrayList<>();
    reader.read(
        session,
        generation().id(),
        documentIds,
        features -> {
          missing.remove(features.documentId());
          waiting.add(features);
          if (waiting.size() == applyDocuments) {
            write(session, turn, waiting, List.of());
            waiting.clear();
          }
        });
    write(session, turn, waiting, missing);
  }

  private void write(
      Session session, long turn, Collection<StoredFeatures> put, Collection<Long> removed) {
    if (store.write(turn, put, removed)) {
      return;
    }
    store.create(!isLinked(session));
    if (!store.write(turn, put, removed)) {
      throw new IndexAwayException("the index went away again");
    }
  }

  /** Makes room for it, if there is nothing that should be there already. */
  void prepare(Session session) {
    if (!isLinked(session)) {
      store.create(true);
    }
  }

  /**
   * The documents that the store does not hold as they are stored, or holds though they are not. To
   * be looked at again in the generation's turn: both go on changing meanwhile.
   */
  public Set<Long> differences(Session session) {
    Map<Long, Long> held = new HashMap<>();
    store.forEachMark(held::put);
    Set<Long> different = new HashSet<>();
    FeatureReader.allMarks(
        session,
        generation().id(),
        (documentId, revision, mark) -> {
          Long known = held.remove(documentId);
          if (known == null || known != mark) {
            different.add(documentId);
          }
        });
    different.addAll(held.keySet());
    return different;
  }

  /** Those of the documents that differ still. In the generation's turn. */
  public Set<Long> differences(Session session, Collection<Long> among) {
    Map<Long, Long> held = new HashMap<>(store.marks(among));
    Set<Long> different = new HashSet<>();
    FeatureReader.marks(
        session,
        generation().id(),
        among,
        (documentId, revision, mark) -> {
          Long known = held.remove(documentId);
          if (known == null || known != mark) {
            different.add(documentId);
          }
        });
    different.addAll(held.keySet());
    return different;
  }

  /** Whether searches may see it. */
  public boolean isServed() {
    return store.isServed();
  }

  /** Lets searches see it, because nothing differs. */
  public void serve() {
    store.serve();
  }

  private boolean isLinked(Session session) {
    return session.query(IS_LINKED, generation().id()).iterator().next().getBoolean(0);
  }

  private static long number(Session session, String sql) {
    return session.query(sql).iterator().next().getLong(0);
  }
}
