package relata.worker.support;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.pipeline.Batch;

/** Writes content as api-service would, and reads what became of it, as the superuser. */
@Singleton
public final class Content {
  public record Collection(long id, long generationId) {
    /** Its documents, as they are worked on when they change. */
    public Batch batch(Long... documentIds) {
      return batch(List.of(documentIds));
    }

    public Batch batch(List<Long> documentIds) {
      return new Batch(new Turn(Lane.LIVE, id), generationId, documentIds);
    }
  }

  private final String url;
  private final String user;
  private final String password;

  Content(
      @ConfigProperty(name = "relata.test.postgres-url") String url,
      @ConfigProperty(name = "relata.test.postgres-user") String user,
      @ConfigProperty(name = "relata.test.postgres-password") String password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  public static JsonObject recipe() {
    return new JsonObject()
        .put(
            "embed",
            new JsonObject()
                .put("model", "test-model")
                .put("documentPrefix", "")
                .put("queryPrefix", "query: "))
        .put(
            "split",
            new JsonObject()
                .put("mode", "blocks")
                .put("chunkSize", 100)
                .put("overlap", 20)
                .put("skip", new JsonArray()))
        .put("edges", new JsonObject().put("minSimilarity", 0.6).put("maxNeighbors", 10));
  }

  /** A recipe with another model. */
  public static JsonObject recipe(String model) {
    JsonObject recipe = recipe();
    recipe.getJsonObject("embed").put("model", model);
    return recipe;
  }

  /** A collection with an active generation, whose texts no other test has embedded. */
  public Collection collection() {
    return collection(recipe());
  }

  public Collection collection(JsonObject recipe) {
    long id =
        number(
            "insert into content.collection (tenant, name) values ('default', ?) returning id",
            UUID.randomUUID().toString());
    return new Collection(id, generation(id, "active", recipe));
  }

  /** The collection under a second generation, which is being built. */
  public Collection building(Collection collection, JsonObject recipe) {
    return new Collection(collection.id(), generation(collection.id(), "building", recipe));
  }

  private long generation(long collectionId, String state, JsonObject recipe) {
    return number(
        """
        insert into content.generation (collection_id, state, recipe, recipe_fingerprint)
        values (?, ?, ?::jsonb, ?) returning id
        """,
        collectionId,
        state,
        recipe.encode(),
        // As if no other recipe were like it.
        sha256(recipe.encode() + state + collectionId));
  }

  /** Writes a new document, and returns its id. */
  public long write(Collection collection, String title, String body) {
    return number(
        """
        insert into content.document
               (collection_id, external_id, title, body, format, metadata, version, content_hash)
        values (?, ?, ?, ?, 'markdown', '{}', 1, ?) returning id
        """,
        collection.id(),
        UUID.randomUUID().toString(),
        title,
        body,
        sha256(title + "\0" + body));
  }

  /** Writes many documents at once: their titles are the prefix and a number from 1 up. */
  public void writeMany(Collection collection, String prefix, int count) {
    run(
        """
        insert into content.document
               (collection_id, external_id, title, body, format, metadata, version, content_hash)
        select ?, ? || n, ? || n, '', 'plain', '{}', 1, sha256(convert_to(? || n, 'UTF8'))
          from generate_series(1, ?) n
        """,
        collection.id(),
        prefix,
        prefix,
        prefix,
        count);
  }

  /** How many documents of the collection are in the state. */
  public long count(Collection collection, String state) {
    return number(
        "select count(*) from feature.document_state where generation_id = ? and state = ?",
        collection.generationId(),
        state);
  }

  /** Changes a document's body, and returns its new version. */
  public long edit(long documentId, String body) {
    return number(
        """
        update content.document
           set body = ?, version = version + 1, content_hash = ?, updated_at = now()
         where id = ? returning version
        """,
        body,
        sha256(body),
        documentId);
  }

  public void delete(long documentId) {
    run("delete from content.document where id = ?", documentId);
  }

  public void delete(Collection collection) {
    run("delete from content.collection where id = ?", collection.id());
  }

  /** {@code state} of the document under its collection's generation; null without a row. */
  public String state(Collection collection, long documentId) {
    return text(collection, documentId, "state");
  }

  /** {@code state} and {@code error_code} of the document. */
  public String outcome(Collection collection, long documentId) {
    return state(collection, documentId) + " " + text(collection, documentId, "error_code");
  }

  /** A column of the state row, as text; null without a row. */
  public String text(Collection collection, long documentId, String column) {
    List<String> found =
        texts(
            "select "
                + column
                + "::text from feature.document_state"
                + " where generation_id = ? and document_id = ?",
            collection.generationId(),
            documentId);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** {@code kind: text} of the stored chunks. */
  public List<String> chunks(Collection collection, long documentId) {
    return texts(
        """
        select kind || ': ' || text from feature.chunk
         where generation_id = ? and document_id = ? order by ordinal
        """,
        collection.generationId(),
        documentId);
  }

  public long number(String sql, Object... values) {
    return Long.parseLong(texts(sql, values).getFirst());
  }

  public List<String> texts(String sql, Object... values) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public byte[] bytes(String sql, Object... values) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, values);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getBytes(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public void run(String sql, Object... values) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, values)) {
      statement.execute();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** Runs the statement in a transaction that is open until the connection is closed. */
  public Connection lock(String sql, Object... values) throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      statement.execute();
    }
    return connection;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + url, user, password);
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
