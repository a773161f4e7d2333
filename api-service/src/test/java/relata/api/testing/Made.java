package relata.api.testing;

/** Writes what embedding-worker and graph-service make of a generation, as they would. */
public final class Made {
  private Made() {}

  /** Every document of the generation's collection is ready and linked at its version. */
  public static void all(long generation) {
    states(generation, "ready", "true");
    links(generation);
  }

  /** The same but for one document, of which nothing is made. */
  public static void allBut(long generation, String id) {
    states(generation, "ready", "d.external_id <> '%s'".formatted(id));
    links(generation);
  }

  /** One document is dead, and nothing of it is stored. */
  public static void dead(long generation, String id) {
    Database.execute(
        "delete from feature.document_state s using content.document d"
            + " where d.id = s.document_id and s.generation_id = ? and d.external_id = ?",
        generation,
        id);
    states(generation, "dead", "d.external_id = '%s'".formatted(id));
  }

  /** A chunk of each kind for every document. */
  public static void chunks(long generation, String... kinds) {
    for (int ordinal = 0; ordinal < kinds.length; ordinal++) {
      Database.execute(
          """
          insert into feature.chunk
                 (generation_id, document_id, ordinal, kind, heading_path, text, tenant,
                  fingerprint, dimension, vector)
          select g.id, d.id, ?, ?, '{}', d.title, 'default', sha256(''::bytea), 1, '\\x00000000'
            from content.generation g
            join content.document d on d.collection_id = g.collection_id
           where g.id = ?""",
          ordinal,
          kinds[ordinal],
          generation);
    }
  }

  private static void states(long generation, String state, String which) {
    Database.execute(
        """
        insert into feature.document_state as s
               (generation_id, document_id, version, content_hash, state, stored_version, request,
                stored_request)
        select g.id, d.id, d.version, d.content_hash, ?,
               case when ? = 'ready' then d.version end, d.request, d.request
          from content.generation g
          join content.document d on d.collection_id = g.collection_id
         where g.id = ? and %s
        on conflict (generation_id, document_id) do update
           set version = excluded.version, content_hash = excluded.content_hash,
               state = excluded.state, request = excluded.request,
               stored_version = coalesce(excluded.stored_version, s.stored_version),
               stored_request = case when excluded.state = 'ready' then excluded.request
                                     else s.stored_request end"""
            .formatted(which),
        state,
        state,
        generation);
  }

  private static void links(long generation) {
    Database.execute(
        """
        insert into graph.node (generation_id, document_id, version, request)
        select generation_id, document_id, stored_version, stored_request
          from feature.document_state where generation_id = ? and stored_version is not null
        on conflict (generation_id, document_id)
          do update set version = excluded.version, request = excluded.request""",
        generation);
  }
}
