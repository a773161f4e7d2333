package relata.graph.engine;

import java.util.Random;
import relata.graph.vector.DocumentVectors;

/** Vectors around a few centres, and some equal ones. */
final class Clusters {
  private final Random random;
  private final float[][] centres;
  private float[] last;

  Clusters(int dimension, int count, long seed) {
    random = new Random(seed);
    centres = new float[count][dimension];
    for (float[] centre : centres) {
      for (int i = 0; i < dimension; i++) {
        centre[i] = (float) random.nextGaussian();
      }
    }
    last = centres[0];
  }

  float[] vector() {
    if (random.nextInt(20) == 0) {
      return last;
    }
    float[] centre = centres[random.nextInt(centres.length)];
    float spread = random.nextFloat();
    float[] vector = new float[centre.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = centre[i] + spread * (float) random.nextGaussian();
    }
    last = vector;
    return vector;
  }

  DocumentVectors document(long id, int chunks) {
    int dimension = centres[0].length;
    int[] ordinals = new int[chunks];
    float[] values = new float[chunks * dimension];
    for (int i = 0; i < chunks; i++) {
      ordinals[i] = i;
      System.arraycopy(vector(), 0, values, i * dimension, dimension);
    }
    return new DocumentVectors(id, dimension, ordinals, values);
  }
}
