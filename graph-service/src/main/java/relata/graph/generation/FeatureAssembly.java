package relata.graph.generation;

import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import relata.graph.text.Attribute;
import relata.graph.text.TextChunk;
import relata.graph.text.TextDocument;
import relata.graph.vector.DocumentVectors;

/** Puts the rows of a document, which come one after the other, together. */
final class FeatureAssembly {
  private static final Logger LOG = Logger.getLogger(FeatureAssembly.class);

  private final long generationId;
  private final int maxAttributes;
  private final Consumer<StoredFeatures> action;
  private final List<TextChunk> chunks = new ArrayList<>();
  private final List<float[]> vectors = new ArrayList<>();
  private List<Attribute> attributes = List.of();
  private boolean started;
  private long documentId;
  private Revision revision;
  private long mark;

  FeatureAssembly(long generationId, int maxAttributes, Consumer<StoredFeatures> action) {
    this.generationId = generationId;
    this.maxAttributes = maxAttributes;
    this.action = action;
  }

  void add(Row row) {
    long next = row.getLong("document_id");
    if (started && next != documentId) {
      finish();
    }
    if (!started) {
      attributes = Attributes.of(row.getJsonObject("metadata"), maxAttributes);
    }
    started = true;
    documentId = next;
    revision = FeatureReader.revision(row);
    mark = FeatureReader.mark(row);
    Integer ordinal = row.getInteger("ordinal");
    if (ordinal != null) {
      chunks.add(
          new TextChunk(
              ordinal,
              row.getString("kind"),
              List.of(row.getArrayOfStrings("heading_path")),
              row.getString("text")));
      vectors.add(floats(row.getBuffer("vector").getBytes()));
    }
  }

  void finish() {
    if (started) {
      action.accept(
          new StoredFeatures(
              documentId,
              revision,
              mark,
              new TextDocument(documentId, chunks, attributes),
              vectors()));
      chunks.clear();
      vectors.clear();
      started = false;
    }
  }

  /**
   * Documents whose vectors are of mixed dimensions or not finite stay searchable by text; that
   * depends on the document alone, so every replica decides alike.
   */
  private Optional<DocumentVectors> vectors() {
    if (vectors.isEmpty()) {
      return Optional.empty();
    }
    int dimension = vectors.getFirst().length;
    float[] values = new float[vectors.size() * dimension];
    try {
      for (int i = 0; i < vectors.size(); i++) {
        if (vectors.get(i).length != dimension) {
          throw new IllegalArgumentException("chunks of different dimensions");
        }
        System.arraycopy(vectors.get(i), 0, values, i * dimension, dimension);
      }
      int[] ordinals = chunks.stream().mapToInt(TextChunk::ordinal).toArray();
      return Optional.of(new DocumentVectors(documentId, dimension, ordinals, values));
    } catch (IllegalArgumentException unusable) {
      LOG.warnf(
          "vectors left out generation=%d document=%d reason=%s",
          generationId, documentId, unusable.getMessage());
      return Optional.empty();
    }
  }

  private static float[] floats(byte[] littleEndian) {
    float[] floats = new float[littleEndian.length / Float.BYTES];
    ByteBuffer.wrap(littleEndian).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
