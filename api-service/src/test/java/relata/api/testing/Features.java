package relata.api.testing;

/** Writes features as embedding-worker would. */
public final class Features {
  private Features() {}

  /** The state of a document at its current version and request, after one try. */
  public static void state(long generation, long document, String state) {
    Database.execute(
        """
        insert into feature.document_state
               (generation_id, document_id, version, request, content_hash, state, stored_version,
                attempts)
        select ?, id, version, request, content_hash, ?, version, 1
          from content.document where id = ?""",
        generation,
        state,
        document);
  }

  /** Makes a dead letter of the document as it is now. */
  public static void kill(long generation, long document, String code, String reason) {
    state(generation, document, "dead");
    Database.execute(
        """
        update feature.document_state
           set attempts = 5, error_code = ?, error = ?, stored_version = null
         where generation_id = ? and document_id = ?""",
        code,
        reason,
        generation,
        document);
  }

  /** Chunks of two components, the first a title. */
  public static void chunks(long generation, long document, int count) {
    Database.execute(
        """
        insert into feature.generation_model (generation_id, purpose, model, digest, dimension)
        values (?, 'embed', 'all-minilm', 'd1', 2) on conflict do nothing""",
        generation);
    Database.execute(
        """
        insert into feature.chunk
               (generation_id, document_id, ordinal, kind, heading_path, text, tenant, fingerprint,
                dimension, vector)
        select ?, ?, i, case when i = 0 then 'title' else 'paragraph' end,
               array['A', 'Part "' || i || '"'], 'text ' || i, 'default', sha256('x'), 2,
               decode('0000803f00000000', 'hex')
          from generate_series(0, ?) i""",
        generation,
        document,
        count - 1);
  }

  /** A description that the stored chunks belong to, beside one that they do not. */
  public static void describe(long generation, long document, String text) {
    for (String each : new String[] {"Another one.", text}) {
      Database.execute(
          """
          insert into feature.description
                 (generation_id, document_id, fingerprint, tenant, text, model, prompt,
                  prompt_sha256)
          values (?, ?, sha256(?::text::bytea), 'default', ?, 'llama3.2', 'v1',
                  decode(repeat('ab', 32), 'hex'))""",
          generation,
          document,
          each,
          each);
    }
    Database.execute(
        "update feature.document_state set description = sha256(?::text::bytea)"
            + " where generation_id = ? and document_id = ?",
        text,
        generation,
        document);
  }
}
