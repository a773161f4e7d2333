package relata.worker.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A vector as it is stored and sent, and as the model gave it.
 *
 * @param dimension number of components
 * @param values the components, little-endian float32; shared, so never written to
 */
@SuppressWarnings("ArrayRecordComponent") // Equality is not asked for; a copy of each would be.
public record Embedding(int dimension, byte[] values) implements InputAnswer {
  public Embedding {
    if (dimension < 1 || values.length != dimension * Float.BYTES) {
      throw new IllegalArgumentException(
          values.length + " bytes do not hold " + dimension + " components.");
    }
  }

  /** The vector with these components. */
  public static Embedding of(float[] components) {
    ByteBuffer bytes =
        ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    byte[] values = new byte[bytes.capacity()];
    bytes.get(values);
    return new Embedding(components.length, values);
  }
}
