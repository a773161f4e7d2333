package relata.graph.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Vectors as they are stored and sent: little-endian float32. */
public final class VectorBytes {
  private VectorBytes() {}

  public static byte[] of(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  static float[] read(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
