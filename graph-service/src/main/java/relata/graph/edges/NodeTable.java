package relata.graph.edges;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import relata.graph.database.Session;
import relata.graph.generation.Revision;

/** graph.node of one generation, within one transaction. */
final class NodeTable {
  private static final String ALL =
      "select document_id, version, request from graph.node where generation_id = $1";

  private static final String SOME = ALL + " and document_id = any($2)";

  private static final String WITHOUT_FEATURES =
      """
      select n.document_id from graph.node n
       where n.generation_id = $1 and n.document_id = any($2)
         and not exists (
           select from feature.document_state s
            where s.generation_id = $1 and s.document_id = n.document_id
              and s.stored_version is not null)
      """;

  private static final String DELETE =
      "delete from graph.node where generation_id = $1 and document_id = any($2)";

  private static final String WRITE =
      """
      insert into graph.node (generation_id, document_id, version, request)
      select $1, * from unnest($2::bigint[], $3::bigint[], $4::bigint[])
          on conflict (generation_id, document_id)
          do update set version = excluded.version, request = excluded.request
       where (graph.node.version, graph.node.request) <> (excluded.version, excluded.request)
      """;

  /** No features are ever stored for such a request. What is to be linked anyway is left alone. */
  private static final String DOUBT =
      """
      update graph.node n set request = -1
        from feature.document_state s
       where n.generation_id = $1 and n.document_id = any($2)
         and s.generation_id = n.generation_id and s.document_id = n.document_id
         and (s.stored_version, s.stored_request) = (n.version, n.request)
      """;

  private static final String IS_DOUBTED =
      "select exists (select from graph.node where generation_id = $1 and request = -1)";

  private static final int PAGE = 5000;

  private final Session session;
  private final long generationId;

  NodeTable(Session session, long generationId) {
    this.session = session;
    this.generationId = generationId;
  }

  /** The linked documents with their revisions. */
  Map<Long, Revision> all() {
    Map<Long, Revision> nodes = new HashMap<>();
    session.forEach(
        ALL, PAGE, row -> nodes.put(row.getLong("document_id"), revision(row)), generationId);
    return nodes;
  }

  /** Those of the documents that are linked, with their revisions. */
  Map<Long, Revision> some(Collection<Long> documentIds) {
    Map<Long, Revision> nodes = new HashMap<>();
    session
        .query(SOME, generationId, documentIds.toArray(Long[]::new))
        .forEach(row -> nodes.put(row.getLong("document_id"), revision(row)));
    return nodes;
  }

  private static Revision revision(Row row) {
    return new Revision(row.getLong("version"), row.getLong("request"));
  }

  /** Those of the documents that are linked though their features are gone. */
  Set<Long> withoutFeatures(Collection<Long> documentIds) {
    Set<Long> ids = new HashSet<>();
    session
        .query(WITHOUT_FEATURES, generationId, documentIds.toArray(Long[]::new))
        .forEach(row -> ids.add(row.getLong("document_id")));
    return ids;
  }

  /** Waits, and returns how many rows changed. */
  Supplier<Integer> write(Map<Long, Revision> revisions) {
    if (revisions.isEmpty()) {
      return () -> 0;
    }
    Supplier<RowSet<Row>> sent =
        session.send(
            WRITE,
            generationId,
            revisions.keySet().toArray(Long[]::new),
            revisions.values().stream().map(Revision::version).toArray(Long[]::new),
            revisions.values().stream().map(Revision::request).toArray(Long[]::new));
    return () -> sent.get().rowCount();
  }

  /** Makes them to be linked again, while what they are linked with stays. Returns how many. */
  int doubt(Collection<Long> documentIds) {
    return session.query(DOUBT, generationId, documentIds.toArray(Long[]::new)).rowCount();
  }

  /** Whether some are still to be linked again. */
  boolean isDoubted() {
    return session.query(IS_DOUBTED, generationId).iterator().next().getBoolean(0);
  }

  /** Waits, and returns how many rows were deleted. */
  Supplier<Integer> delete(Collection<Long> documentIds) {
    if (documentIds.isEmpty()) {
      return () -> 0;
    }
    Supplier<RowSet<Row>> sent =
        session.send(DELETE, generationId, documentIds.toArray(Long[]::new));
    return () -> sent.get().rowCount();
  }
}
