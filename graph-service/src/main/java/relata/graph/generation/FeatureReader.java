package relata.graph.generation;

import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.function.Consumer;
import relata.graph.database.Session;

/**
 * Reads stored features, one document at a time and with bounded memory. State and chunks come from
 * one statement, so they belong together.
 */
final class FeatureReader {
  /** Metadata may be large, and comes with the first row of a document alone. */
  private static final String COLUMNS =
      """
      select s.document_id, s.stored_version, s.stored_request, s.writer,
             c.ordinal, c.kind, c.heading_path, c.text, c.dimension, c.vector,
             case when lag(c.ordinal) over (partition by s.document_id order by c.ordinal) is null
                  then d.metadata end as metadata
      """;

  /** With the transaction that wrote each last: whoever stores features writes it too. */
  private static final String STATES =
      """
      select document_id, stored_version, stored_request, xmin::text::bigint as writer
        from feature.document_state
       where generation_id = $1 and stored_version is not null
      """;

  private static final String ORDER = " order by s.document_id, c.ordinal";

  private static final String ALL =
      COLUMNS
          + """
              from (%s) s
              left join content.document d on d.id = s.document_id
              left join feature.chunk c on c.generation_id = $1 and c.document_id = s.document_id
            """
              .formatted(STATES)
          + ORDER;

  /**
   * Each by its keys, however much of the generation the planner knows: that is what {@code offset}
   * is for.
   */
  private static final String SOME =
      COLUMNS
          + """
              from unnest($2::bigint[]) wanted(document_id)
             cross join lateral (%s and document_id = wanted.document_id offset 0) s
              left join lateral (
                select metadata from content.document where id = s.document_id
                offset 0) d on true
              left join lateral (
                select * from feature.chunk
                 where generation_id = $1 and document_id = s.document_id
                offset 0) c on true
            """
              .formatted(STATES)
          + ORDER;

  private static final String SOME_STATES = STATES + " and document_id = any($2)";

  private static final String CHUNKS =
      """
      select count(*)
        from feature.document_state s
        join feature.chunk c
          on c.generation_id = s.generation_id and c.document_id = s.document_id
       where s.generation_id = $1 and s.stored_version is not null
      """;

  /**
   * What a chunk takes in memory: its vector, its text about as it is, and what finds either, of
   * which the vector's part was measured (`./relata bench graph`, memory.heap).
   */
  private static final String EXPECTED_BYTES =
      """
      select coalesce(sum(4 * c.dimension::bigint + octet_length(c.text) + 400), 0)::bigint
        from content.generation g
        join feature.chunk c on c.generation_id = g.id
       where g.id = $1 and %s = 'embedded'
      """
          .formatted(GenerationTable.INDEX_KIND);

  private static final int STATES_AT_A_TIME = 5000;

  private final int readRows;
  private final int maxAttributes;

  FeatureReader(int readRows, int maxAttributes) {
    this.readRows = readRows;
    this.maxAttributes = maxAttributes;
  }

  interface MarkAction {
    void accept(long documentId, Revision revision, long mark);
  }

  /** In which revision, and by which transaction, the features of the documents were stored. */
  static void marks(
      Session session, long generationId, Collection<Long> documentIds, MarkAction action) {
    Long[] ids = documentIds.toArray(Long[]::new);
    session.query(SOME_STATES, generationId, ids).forEach(row -> tell(row, action));
  }

  /** The same of all documents of the generation. */
  static void allMarks(Session session, long generationId, MarkAction action) {
    session.forEach(STATES, STATES_AT_A_TIME, row -> tell(row, action), generationId);
  }

  private static void tell(Row row, MarkAction action) {
    action.accept(row.getLong("document_id"), revision(row), mark(row));
  }

  /**
   * Which transaction stored the features, to be compared and nothing else. Such a number has 32
   * bits, and comes again after some thousand million others: beside it stands the revision, so
   * that it would have to meet the same of the document again.
   */
  static long mark(Row row) {
    return row.getLong("writer") | (long) revision(row).hashCode() << Integer.SIZE;
  }

  static Revision revision(Row row) {
    return new Revision(row.getLong("stored_version"), row.getLong("stored_request"));
  }

  /** How many chunks all documents of the generation have. */
  static long chunks(Session session, long generationId) {
    return session.query(CHUNKS, generationId).iterator().next().getLong(0);
  }

  /** About how much memory the generation takes here; nothing of one that is kept elsewhere. */
  static long expectedBytes(Session session, long generationId) {
    return session.query(EXPECTED_BYTES, generationId).iterator().next().getLong(0);
  }

  /** Those of the documents that have features, ascending. */
  void read(
      Session session,
      long generationId,
      Collection<Long> documentIds,
      Consumer<StoredFeatures> action) {
    Long[] ids = documentIds.stream().distinct().toArray(Long[]::new);
    read(session, generationId, SOME, action, generationId, ids);
  }

  /** All documents of the generation that have features, ascending. */
  void readAll(Session session, long generationId, Consumer<StoredFeatures> action) {
    read(session, generationId, ALL, action, generationId);
  }

  private void read(
      Session session,
      long generationId,
      String sql,
      Consumer<StoredFeatures> action,
      Object... arguments) {
    FeatureAssembly assembly = new FeatureAssembly(generationId, maxAttributes, action);
    session.forEach(sql, readRows, assembly::add, arguments);
    assembly.finish();
  }
}
