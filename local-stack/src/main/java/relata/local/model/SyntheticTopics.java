package relata.local.model;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * Unit vectors that lie to each other as those of a sentence model do: around the topics' centres
 * in a few hidden dimensions, bent by a layer of neurons, moved away from the origin, and with
 * noise in all directions, a fifth of the square length. Some topics are much larger than others.
 */
final class SyntheticTopics {
  private static final long SEED = 20_250_102;
  private static final int HIDDEN = 40;
  private static final int NEURONS = 256;
  private static final double NOISE = 0.2;
  private static final double SPREAD = 0.5;
  private static final double SKEW = 1.5;

  /** Noise is a stretch of these numbers that begins anywhere: drawing it costs more than all. */
  private static final int NOISE_NUMBERS = 1 << 16;

  private final int topics;
  private final float[][] centres;
  private final float[][] intoNeurons;
  private final float[][] outOfNeurons;
  private final float[] offset;
  private final float[] noise;

  SyntheticTopics(int dimension, int topics) {
    this.topics = topics;
    Random random = new Random(SEED);
    centres = gaussian(random, topics, HIDDEN, 1);
    intoNeurons = gaussian(random, HIDDEN, NEURONS, 1.2 / Math.sqrt(HIDDEN));
    for (int i = 0; i < HIDDEN; i++) {
      scale(intoNeurons[i], Math.pow(i + 1, -0.25));
    }
    outOfNeurons = gaussian(random, NEURONS, dimension, 1.6 / Math.sqrt(NEURONS));
    offset = gaussian(random, 1, dimension, 0.25)[0];
    noise = gaussian(random, 1, NOISE_NUMBERS + dimension, 1)[0];
  }

  /** The vector of a text whose hash seeds the random numbers. */
  float[] vector(SplittableRandom random) {
    float[] centre = centres[(int) (topics * Math.pow(random.nextDouble(), SKEW))];
    float[] neurons = new float[NEURONS];
    for (int i = 0; i < HIDDEN; i++) {
      add(neurons, centre[i] + (float) (SPREAD * random.nextGaussian()), intoNeurons[i], 0);
    }
    float[] vector = offset.clone();
    for (int i = 0; i < NEURONS; i++) {
      add(vector, neurons[i] / (1 + Math.abs(neurons[i])), outOfNeurons[i], 0);
    }
    double share = Math.sqrt(NOISE / (1 - NOISE) / vector.length);
    add(vector, (float) (share * length(vector)), noise, random.nextInt(NOISE_NUMBERS));
    scale(vector, 1 / length(vector));
    return vector;
  }

  private static float[][] gaussian(Random random, int rows, int columns, double deviation) {
    float[][] numbers = new float[rows][columns];
    for (float[] row : numbers) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) (deviation * random.nextGaussian());
      }
    }
    return numbers;
  }

  private static void add(float[] target, float factor, float[] source, int from) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * source[from + i];
    }
  }

  private static void scale(float[] numbers, double factor) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= (float) factor;
    }
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float number : vector) {
      square += (double) number * number;
    }
    return Math.sqrt(square);
  }
}
