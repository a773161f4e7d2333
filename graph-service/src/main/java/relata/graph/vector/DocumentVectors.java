package relata.graph.vector;

import java.util.Arrays;
import java.util.Optional;

/**
 * The chunk vectors of one document, in one dimension.
 *
 * @param ordinals the chunks' positions in the document, ascending, one a vector
 * @param values the vectors one after the other, {@code ordinals.length * dimension} finite numbers
 */
public record DocumentVectors(long documentId, int dimension, int[] ordinals, float[] values) {
  /**
   * @throws IllegalArgumentException if the shape is wrong, an ordinal is out of order, or a number
   *     is not finite
   */
  public DocumentVectors {
    if (dimension < 1 || ordinals.length < 1) {
      throw new IllegalArgumentException("a document has at least one vector of one number");
    }
    if (values.length != ordinals.length * dimension) {
      throw new IllegalArgumentException(
          "%d vectors of dimension %d are not %d numbers"
              .formatted(ordinals.length, dimension, values.length));
    }
    for (int i = 1; i < ordinals.length; i++) {
      if (ordinals[i] <= ordinals[i - 1]) {
        throw new IllegalArgumentException("ordinals must ascend");
      }
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a vector holds a number that is not finite");
      }
    }
    ordinals = ordinals.clone();
    values = values.clone();
  }

  /** The vector of a chunk by its place among them. */
  public float[] vector(int index) {
    return Arrays.copyOfRange(values, index * dimension, (index + 1) * dimension);
  }

  /** The vector of a chunk by its position in the document; nothing if it has none. */
  public Optional<float[]> ofChunk(int ordinal) {
    int index = Arrays.binarySearch(ordinals, ordinal);
    return index < 0 ? Optional.empty() : Optional.of(vector(index));
  }

  int count() {
    return ordinals.length;
  }
}
