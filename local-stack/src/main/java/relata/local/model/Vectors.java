package relata.local.model;

/** Arithmetic on embeddings. */
final class Vectors {

  private Vectors() {}

  /** The first {@code dimensions} components, scaled to length 1. */
  static float[] normalized(double[] vector, int dimensions) {
    double squares = 0;
    for (int i = 0; i < dimensions; i++) {
      squares += vector[i] * vector[i];
    }
    double length = Math.sqrt(squares);
    float[] unit = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      unit[i] = (float) (vector[i] / length);
    }
    return unit;
  }

  /** A shorter embedding, as Ollama's {@code dimensions} asks for; 0 or less keeps all. */
  static float[] shortened(float[] vector, int dimensions) {
    if (dimensions <= 0 || dimensions >= vector.length) {
      return vector;
    }
    double[] wide = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      wide[i] = vector[i];
    }
    return normalized(wide, dimensions);
  }
}
