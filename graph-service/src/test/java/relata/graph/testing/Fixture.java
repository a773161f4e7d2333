package relata.graph.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.Driver;
import relata.graph.generation.Revision;

/** Plays api-service and embedding-worker: writes their rows, as the superuser. */
public final class Fixture implements AutoCloseable {
  private final Connection database;
  private final StoredGraph graph;
  private final GraphOracle oracle;

  /** A generation with its recipe's edges. */
  public record Generation(long id, long collectionId, double minSimilarity, int maxNeighbors) {}

  public Fixture() throws SQLException {
    // A test profile starts the application under another class loader, and drivers are looked for
    // under the first one alone.
    if (!Driver.isRegistered()) {
      Driver.register();
    }
    var config = ConfigProvider.getConfig();
    database =
        DriverManager.getConnection(
            "jdbc:" + config.getValue("relata.test.postgres-url", String.class),
            config.getValue("relata.test.postgres-user", String.class),
            config.getValue("relata.test.postgres-password", String.class));
    graph = new StoredGraph(database);
    oracle = new GraphOracle(database);
  }

  /** As the superuser. */
  public Connection database() {
    return database;
  }

  /** What graph-service wrote. */
  public StoredGraph graph() {
    return graph;
  }

  /** What graph-service has to write. */
  public GraphOracle oracle() {
    return oracle;
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  /** An active generation of a collection of its own. */
  public Generation generation(double minSimilarity, int maxNeighbors) throws SQLException {
    long collection =
        number(
            "insert into content.collection (tenant, name)"
                + " values ('default', gen_random_uuid()::text) returning id");
    return generation(collection, "active", minSimilarity, maxNeighbors);
  }

  /** A generation of the same collection that is being built. */
  public Generation building(Generation of) throws SQLException {
    return generation(of.collectionId(), "building", of.minSimilarity(), of.maxNeighbors());
  }

  /** Says where its index is to be kept; before anybody has loaded it. */
  public Generation keptIn(Generation generation, String index) throws SQLException {
    run(
        "update content.generation set recipe = recipe || jsonb_build_object('index', ?)"
            + " where id = ?",
        index,
        generation.id());
    return generation;
  }

  /** Says of which language its words are; before anybody has loaded it. */
  public Generation inLanguage(Generation generation, String language) throws SQLException {
    run(
        "update content.generation set recipe = recipe || jsonb_build_object('language', ?)"
            + " where id = ?",
        language,
        generation.id());
    return generation;
  }

  /** Brings the generation into another state, without what belongs to it in real life. */
  public void state(Generation generation, String state) throws SQLException {
    run("update content.generation set state = ? where id = ?", state, generation.id());
  }

  private Generation generation(
      long collection, String state, double minSimilarity, int maxNeighbors) throws SQLException {
    long generation =
        number(
            """
            insert into content.generation (collection_id, state, recipe, recipe_fingerprint)
            values (?, ?, jsonb_build_object('edges', jsonb_build_object(
                      'minSimilarity', ?::float8, 'maxNeighbors', ?::int)),
                    sha256(''::bytea)) returning id
            """,
            collection,
            state,
            minSimilarity,
            maxNeighbors);
    return new Generation(generation, collection, minSimilarity, maxNeighbors);
  }

  /** Stores a document in one transaction, a chunk a vector. */
  public void store(Generation generation, long documentId, long version, float[]... vectors)
      throws SQLException {
    store(generation, documentId, new Revision(version, 0), vectors);
  }

  public void store(Generation generation, long documentId, Revision revision, float[]... vectors)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      texts.add("chunk " + i + " of " + documentId);
    }
    store(generation, documentId, revision, "document " + documentId, texts, vectors);
  }

  public void store(
      Generation generation,
      long documentId,
      long version,
      String title,
      List<String> texts,
      float[]... vectors)
      throws SQLException {
    store(generation, documentId, new Revision(version, 0), title, texts, vectors);
  }

  private void store(
      Generation generation,
      long documentId,
      Revision revision,
      String title,
      List<String> texts,
      float[]... vectors)
      throws SQLException {
    database.setAutoCommit(false);
    try {
      run(
          "delete from feature.chunk where generation_id = ? and document_id = ?",
          generation.id(),
          documentId);
      run(
          """
          insert into feature.document_state
                 (generation_id, document_id, version, request, content_hash, state,
                  stored_version, stored_request)
          values (?, ?, ?, ?, ''::bytea, ?, ?, ?)
              on conflict (generation_id, document_id) do update
             set version = excluded.version, request = excluded.request, state = excluded.state,
                 stored_version = excluded.stored_version,
                 stored_request = excluded.stored_request
          """,
          generation.id(),
          documentId,
          revision.version(),
          revision.request(),
          vectors.length == 0 ? "skipped" : "ready",
          revision.version(),
          revision.request());
      for (int i = 0; i < vectors.length; i++) {
        run(
            """
            insert into feature.chunk (generation_id, document_id, ordinal, kind, heading_path,
                                       text, tenant, fingerprint, dimension, vector)
            values (?, ?, ?, ?, array[?], ?, 'default', sha256(''::bytea), ?, ?)
            """,
            generation.id(),
            documentId,
            i,
            i == 0 ? "title" : "paragraph",
            title,
            texts.get(i),
            vectors[i].length,
            VectorBytes.of(vectors[i]));
      }
      database.commit();
    } finally {
      database.setAutoCommit(true);
    }
  }

  /** Writes the document itself, as far as graph-service may read it. */
  public void metadata(Generation generation, long documentId, String json) throws SQLException {
    run(
        """
        insert into content.document (id, collection_id, external_id, title, body, format,
                                      metadata, version, content_hash)
        overriding system value
        values (?, ?, gen_random_uuid()::text, '', '', 'plain', ?::jsonb, 1, sha256(''::bytea))
            on conflict (id) do update set metadata = excluded.metadata
        """,
        documentId,
        generation.collectionId(),
        json);
  }

  public void erase(Generation generation, long documentId) throws SQLException {
    run(
        """
        with c as (delete from feature.chunk where generation_id = ? and document_id = ?)
        delete from feature.document_state where generation_id = ? and document_id = ?
        """,
        generation.id(),
        documentId,
        generation.id(),
        documentId);
  }

  public void deleteCollection(Generation generation) throws SQLException {
    run("delete from feature.chunk where generation_id = ?", generation.id());
    run("delete from feature.document_state where generation_id = ?", generation.id());
    run("delete from content.collection where id = ?", generation.collectionId());
  }

  public void run(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      statement.execute();
    }
  }

  public long number(String sql, Object... arguments) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setObject(i + 1, arguments[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }
}
