package relata.graph.testing;

import io.nats.client.Connection;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import java.util.function.Supplier;
import relata.contracts.Subjects;
import relata.contracts.v1.FeaturesChanged;

/**
 * Plays an embedding-worker that is in a hurry: stores many documents of one chunk at a time, in
 * clusters, so that every document has some neighbours, and publishes their events.
 */
public final class BulkWriter {
  private static final String STATES =
      """
      insert into feature.document_state
             (generation_id, document_id, version, content_hash, state, stored_version)
      select ?, id, 1, ''::bytea, 'ready', 1 from unnest(?) id
      """;

  private static final String CHUNKS =
      """
      insert into feature.chunk (generation_id, document_id, ordinal, kind, heading_path, text,
                                 tenant, fingerprint, dimension, vector)
      select ?, id, 0, 'title', array['document ' || id],
             'a short text about the subject number ' || id || ' and what there is to say of it',
             'default', sha256(''::bytea), ?, vector
        from unnest(?, ?) d(id, vector)
      """;

  private static final int CLUSTER = 15;

  private final java.sql.Connection database;
  private final int dimension;
  private final Supplier<float[]> vectors;
  private final Random random = new Random(1);
  private float[] center;
  private int inCluster = CLUSTER;

  public BulkWriter(java.sql.Connection database, int dimension) {
    this.database = database;
    this.dimension = dimension;
    vectors = this::vector;
  }

  /**
   * @param vectors makes the vectors, all of the dimension
   */
  public BulkWriter(java.sql.Connection database, int dimension, Supplier<float[]> vectors) {
    this.database = database;
    this.dimension = dimension;
    this.vectors = vectors;
  }

  /** Stores the documents with ids from {@code first} up. */
  public void store(Fixture.Generation generation, long first, int count) throws SQLException {
    Long[] ids = new Long[count];
    byte[][] vectors = new byte[count][];
    for (int i = 0; i < count; i++) {
      ids[i] = first + i;
      vectors[i] = VectorBytes.of(this.vectors.get());
    }
    Array idArray = database.createArrayOf("bigint", ids);
    try (PreparedStatement states = database.prepareStatement(STATES);
        PreparedStatement chunks = database.prepareStatement(CHUNKS)) {
      states.setLong(1, generation.id());
      states.setArray(2, idArray);
      states.execute();
      chunks.setLong(1, generation.id());
      chunks.setInt(2, dimension);
      chunks.setArray(3, idArray);
      chunks.setArray(4, database.createArrayOf("bytea", vectors));
      chunks.execute();
    }
  }

  /** As {@link FeatureEvents#publish}, without waiting for the broker. */
  public static void publish(Connection nats, Fixture.Generation generation, long first, int count)
      throws Exception {
    for (long documentId = first; documentId < first + count; documentId++) {
      var unused =
          nats.jetStream()
              .publishAsync(
                  Subjects.featuresChanged("default"),
                  FeaturesChanged.newBuilder()
                      .setTenant("default")
                      .setCollectionId(generation.collectionId())
                      .setGenerationId(generation.id())
                      .setDocumentId(documentId)
                      .setVersion(1)
                      .build()
                      .toByteArray());
    }
  }

  private float[] vector() {
    if (inCluster == CLUSTER) {
      center = gaussian(1);
      inCluster = 0;
    }
    inCluster++;
    float[] vector = gaussian(0.7);
    for (int i = 0; i < dimension; i++) {
      vector[i] += center[i];
    }
    return vector;
  }

  private float[] gaussian(double deviation) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (deviation * random.nextGaussian());
    }
    return vector;
  }
}
