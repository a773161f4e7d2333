package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import relata.graph.generation.StoredFeatures;
import relata.graph.text.TextChunk;
import relata.graph.vector.DocumentVectors;
import relata.graph.vector.Similarity;

/**
 * How a document is kept: one document of OpenSearch with its chunks nested in it, so that it is
 * replaced as a whole. A vector is there twice: as it was stored, byte by byte, which decides; and
 * brought to length 1 in a field that can be searched, which a vector of zeros has no value for.
 */
final class ChunkDocument {
  static final String CHUNKS = "chunks";
  static final String DOCUMENT = "document";
  static final String MARK = "mark";
  static final String ORDINAL = "ordinal";
  static final String KIND = "kind";
  static final String PATH = "path";
  static final String TITLE = "title";
  static final String HEADINGS = "headings";
  static final String TEXT = "text";
  static final String WRITTEN = "written";
  static final String ATTRIBUTES = "attributes";
  static final String VECTOR = "vector";
  static final String UNIT = "unit_";

  private ChunkDocument() {}

  /** The name within a chunk of the field for searching vectors of a dimension. */
  static String unitField(int dimension) {
    return UNIT + dimension;
  }

  static String ofChunk(String field) {
    return CHUNKS + "." + field;
  }

  static Map<String, Object> write(StoredFeatures features) {
    Map<Integer, float[]> vectors = new HashMap<>();
    features
        .vectors()
        .ifPresent(
            found -> {
              for (int i = 0; i < found.ordinals().length; i++) {
                vectors.put(found.ordinals()[i], found.vector(i));
              }
            });
    List<Map<String, Object>> chunks = new ArrayList<>();
    Set<String> attributes = AttributeKeys.of(features.text().attributes());
    for (TextChunk chunk : features.text().chunks()) {
      Map<String, Object> fields = write(chunk, vectors.get(chunk.ordinal()));
      fields.put(ATTRIBUTES, attributes);
      chunks.add(fields);
    }
    return Map.of(DOCUMENT, features.documentId(), MARK, features.mark(), CHUNKS, chunks);
  }

  private static Map<String, Object> write(TextChunk chunk, float[] vector) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(ORDINAL, chunk.ordinal());
    fields.put(KIND, chunk.kind());
    fields.put(PATH, chunk.headingPath());
    fields.put(TITLE, chunk.title());
    fields.put(HEADINGS, chunk.headings());
    fields.put(TEXT, chunk.text());
    if (vector != null) {
      fields.put(VECTOR, bytes(vector));
      unit(vector).ifPresent(unit -> fields.put(unitField(vector.length), unit));
    }
    return fields;
  }

  /** The vector at length 1; nothing if it has no direction. */
  static Optional<float[]> unit(float[] vector) {
    double length = Similarity.norm(vector, 0, vector.length);
    if (length == 0) {
      return Optional.empty();
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return Optional.of(unit);
  }

  static TextChunk readChunk(JsonNode chunk) {
    List<String> path = new ArrayList<>();
    chunk.path(PATH).forEach(heading -> path.add(heading.asText()));
    return new TextChunk(
        chunk.path(ORDINAL).asInt(), chunk.path(KIND).asText(), path, chunk.path(TEXT).asText());
  }

  /** Nothing if no chunk has a vector. */
  static Optional<DocumentVectors> readVectors(long documentId, JsonNode source) {
    List<Integer> ordinals = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (JsonNode chunk : source.path(CHUNKS)) {
      if (chunk.has(VECTOR)) {
        ordinals.add(chunk.path(ORDINAL).asInt());
        vectors.add(floats(chunk.path(VECTOR).asText()));
      }
    }
    if (vectors.isEmpty()) {
      return Optional.empty();
    }
    int dimension = vectors.getFirst().length;
    float[] values = new float[vectors.size() * dimension];
    for (int i = 0; i < vectors.size(); i++) {
      System.arraycopy(vectors.get(i), 0, values, i * dimension, dimension);
    }
    int[] positions = ordinals.stream().mapToInt(Integer::intValue).toArray();
    return Optional.of(new DocumentVectors(documentId, dimension, positions, values));
  }

  private static String bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] floats(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
