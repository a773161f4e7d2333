package relata.api.feature;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** A vector that a client brought; unchecked. */
@JsonDeserialize(using = ProvidedVectorReader.class)
final class ProvidedVector {
  private final float[] components;

  /** Takes the array as its own. */
  ProvidedVector(float[] components) {
    this.components = components;
  }

  /** What is wrong with it, one sentence; empty if nothing is. */
  Optional<String> fault(int dimension) {
    if (components.length != dimension) {
      return Optional.of(
          "Must have %d numbers, as the recipe says; it has %d."
              .formatted(dimension, components.length));
    }
    boolean isZero = true;
    for (int i = 0; i < components.length; i++) {
      if (!Float.isFinite(components[i])) {
        return Optional.of(
            "Number %d is too large for a 32-bit float; none may be above 3.4e38.".formatted(i));
      }
      isZero &= components[i] == 0;
    }
    return isZero
        ? Optional.of("Must not be all zeros: such a vector is similar to nothing.")
        : Optional.empty();
  }

  int dimension() {
    return components.length;
  }

  /** As it is stored: 4 bytes a component. */
  Buffer littleEndian() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * components.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(components);
    return Buffer.buffer(bytes.array());
  }
}
