package relata.graph.testing;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.ConfigProvider;
import relata.contracts.Streams;
import relata.contracts.Subjects;
import relata.contracts.v1.FeaturesChanged;
import relata.graph.vector.Similarity;

/**
 * Plays api-service and embedding-worker: writes their rows as the superuser, publishes their
 * events, and computes from scratch what the graph has to be.
 */
public final class Fixture implements AutoCloseable {
  private final java.sql.Connection database;

  /** A generation with its recipe's edges. */
  public record Generation(long id, long collectionId, double minSimilarity, int maxNeighbors) {}

  /** An entry of a neighbour list. */
  public record Entry(long neighborId, double similarity, int chunk, int neighborChunk) {}

  /** A stored document: its vectors by ordinal. */
  private record Stored(List<Integer> ordinals, List<float[]> vectors) {}

  public Fixture() throws SQLException {
    var config = ConfigProvider.getConfig();
    database =
        DriverManager.getConnection(
            "jdbc:" + config.getValue("relata.test.postgres-url", String.class),
            config.getValue("relata.test.postgres-user", String.class),
            config.getValue("relata.test.postgres-password", String.class));
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  public Generation generation(double minSimilarity, int maxNeighbors) throws SQLException {
    long collection =
        number(
            "insert into content.collection (tenant, name)"
                + " values ('default', gen_random_uuid()::text) returning id");
    long generation =
        number(
            """
            insert into content.generation (collection_id, state, recipe, recipe_fingerprint)
            values (?, 'active', jsonb_build_object('edges', jsonb_build_object(
                      'minSimilarity', ?::float8, 'maxNeighbors', ?::int)),
                    sha256(''::bytea)) returning id
            """,
            collection,
            minSimilarity,
            maxNeighbors);
    return new Generation(generation, collection, minSimilarity, maxNeighbors);
  }

  /** Stores a document in one transaction, a chunk a vector. */
  public void store(Generation generation, long documentId, long version, float[]... vectors)
      throws SQLException {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      texts.add("chunk " + i + " of " + documentId);
    }
    store(generation, documentId, version, "document " + documentId, texts, vectors);
  }

  public void store(
      Generation generation,
      long documentId,
      long version,
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
                 (generation_id, document_id, version, content_hash, state, stored_version)
          values (?, ?, ?, ''::bytea, ?, ?)
              on conflict (generation_id, document_id) do update
             set version = excluded.version, state = excluded.state,
                 stored_version = excluded.stored_version
          """,
          generation.id(),
          documentId,
          version,
          vectors.length == 0 ? "skipped" : "ready",
          version);
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
            bytes(vectors[i]));
      }
      database.commit();
    } finally {
      database.setAutoCommit(true);
    }
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

  public static void createStream(Connection nats) throws IOException, JetStreamApiException {
    var unused =
        nats.jetStreamManagement()
            .addStream(
                StreamConfiguration.builder()
                    .name(Streams.FEATURES)
                    .subjects(Subjects.FEATURES_CHANGED_ALL)
                    .storageType(StorageType.File)
                    .build());
  }

  /** Tells that the features of a document were stored or erased; 0 for the whole generation. */
  public static void publish(Connection nats, Generation generation, long documentId)
      throws IOException, JetStreamApiException {
    var unused =
        nats.jetStream()
            .publish(
                Subjects.featuresChanged("default"),
                FeaturesChanged.newBuilder()
                    .setTenant("default")
                    .setCollectionId(generation.collectionId())
                    .setGenerationId(generation.id())
                    .setDocumentId(documentId)
                    .build()
                    .toByteArray());
  }

  /** The neighbour lists as they are stored, without the empty ones. */
  public Map<Long, List<Entry>> lists(Generation generation) throws SQLException {
    Map<Long, List<Entry>> lists = new TreeMap<>();
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            select document_id, neighbor_id, similarity, chunk, neighbor_chunk from graph.neighbor
             where generation_id = ? order by document_id, similarity desc, neighbor_id
            """)) {
      statement.setLong(1, generation.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          lists
              .computeIfAbsent(rows.getLong(1), id -> new ArrayList<>())
              .add(new Entry(rows.getLong(2), rows.getDouble(3), rows.getInt(4), rows.getInt(5)));
        }
      }
    }
    return lists;
  }

  /** The linked documents with their versions. */
  public Map<Long, Long> nodes(Generation generation) throws SQLException {
    return versions(
        "select document_id, version from graph.node where generation_id = ?", generation);
  }

  /** The documents that have features, with their versions. */
  public Map<Long, Long> stored(Generation generation) throws SQLException {
    return versions(
        "select document_id, stored_version from feature.document_state"
            + " where generation_id = ? and stored_version is not null",
        generation);
  }

  private Map<Long, Long> versions(String sql, Generation generation) throws SQLException {
    Map<Long, Long> versions = new TreeMap<>();
    try (PreparedStatement statement = database.prepareStatement(sql)) {
      statement.setLong(1, generation.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          versions.put(rows.getLong(1), rows.getLong(2));
        }
      }
    }
    return versions;
  }

  /** Every pair compared, from the vectors in the database. */
  public Map<Long, List<Entry>> oracle(Generation generation) throws SQLException {
    Map<Long, Stored> documents = documents(generation);
    Map<Long, List<Entry>> lists = new TreeMap<>();
    documents.forEach(
        (id, document) -> {
          List<Entry> entries = new ArrayList<>();
          documents.forEach(
              (other, otherDocument) -> {
                if (!other.equals(id)) {
                  Entry best = best(id, document, other, otherDocument);
                  if (best.similarity() >= generation.minSimilarity()) {
                    entries.add(best);
                  }
                }
              });
          entries.sort(
              (a, b) ->
                  a.similarity() == b.similarity()
                      ? Long.compare(a.neighborId(), b.neighborId())
                      : Double.compare(b.similarity(), a.similarity()));
          if (!entries.isEmpty()) {
            lists.put(
                id,
                List.copyOf(
                    entries.subList(0, Math.min(generation.maxNeighbors(), entries.size()))));
          }
        });
    return lists;
  }

  private static Entry best(long id, Stored document, long other, Stored otherDocument) {
    if (id > other) {
      Entry reversed = best(other, otherDocument, id, document);
      return new Entry(other, reversed.similarity(), reversed.neighborChunk(), reversed.chunk());
    }
    Entry best = new Entry(other, Double.NEGATIVE_INFINITY, 0, 0);
    for (int i = 0; i < document.vectors().size(); i++) {
      for (int j = 0; j < otherDocument.vectors().size(); j++) {
        double similarity =
            Similarity.cosine(document.vectors().get(i), otherDocument.vectors().get(j));
        if (similarity > best.similarity()) {
          best =
              new Entry(
                  other, similarity, document.ordinals().get(i), otherDocument.ordinals().get(j));
        }
      }
    }
    return best;
  }

  private Map<Long, Stored> documents(Generation generation) throws SQLException {
    Map<Long, Stored> documents = new HashMap<>();
    try (PreparedStatement statement =
        database.prepareStatement(
            "select document_id, ordinal, vector from feature.chunk"
                + " where generation_id = ? order by document_id, ordinal")) {
      statement.setLong(1, generation.id());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Stored document =
              documents.computeIfAbsent(
                  rows.getLong(1), id -> new Stored(new ArrayList<>(), new ArrayList<>()));
          document.ordinals().add(rows.getInt(2));
          document.vectors().add(floats(rows.getBytes(3)));
        }
      }
    }
    return documents;
  }

  /** Where every row of the generation's graph lies: any write, even of equal values, moves one. */
  public String rowPlaces(Generation generation) throws SQLException {
    try (PreparedStatement statement =
        database.prepareStatement(
            """
            select string_agg(place, ' ' order by place) from (
              select 'g' || ctid || xmin from graph.generation where generation_id = ?
              union all
              select 'n' || ctid || xmin from graph.node where generation_id = ?
              union all
              select 'e' || ctid || xmin from graph.neighbor where generation_id = ?
              union all
              select 'l' || ctid || xmin from graph.commit_log where generation_id = ?) p(place)
            """)) {
      for (int i = 1; i <= 4; i++) {
        statement.setLong(i, generation.id());
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        String places = rows.getString(1);
        return places == null ? "" : places;
      }
    }
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

  public static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  private static float[] floats(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
