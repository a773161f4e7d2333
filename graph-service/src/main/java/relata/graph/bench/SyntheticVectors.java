package relata.graph.bench;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Unit vectors that look like those of a sentence model, the same from each seed: points around
 * centres of clusters in a few hidden dimensions, bent by a random network of two layers, moved
 * away from the origin, and with noise in all directions. The noise is a fifth of a vector's square
 * length: without it nearly all of a vector would lie in few directions, which would flatter an
 * index that looks for them.
 */
final class SyntheticVectors {
  private static final long SEED = 42;
  private static final int CLUSTERS = 500;
  private static final int HIDDEN = 40;
  private static final int NEURONS = 256;
  private static final double NOISE = 0.2;

  private final int dimension;
  private final float[][] centres;
  private final float[] spreads = new float[CLUSTERS];
  private final float[] axes = new float[HIDDEN];
  private final float[][] first;
  private final float[][] second;
  private final float[] bias;
  private final float[] offset;

  SyntheticVectors(int dimension) {
    this.dimension = dimension;
    Random random = new Random(SEED);
    centres = gaussian(random, CLUSTERS, HIDDEN, 1);
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      spreads[cluster] = (float) (0.7 * Math.exp(0.3 * random.nextGaussian()));
    }
    for (int i = 0; i < HIDDEN; i++) {
      axes[i] = (float) Math.pow(i + 1, -0.25);
    }
    first = gaussian(random, HIDDEN, NEURONS, 1.2 / Math.sqrt(HIDDEN));
    second = gaussian(random, NEURONS, dimension, 1 / Math.sqrt(NEURONS));
    bias = gaussian(random, 1, NEURONS, 0.3)[0];
    offset = gaussian(random, 1, dimension, 0.25)[0];
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

  /** Vector number {@code index} of an endless sequence. */
  float[] vector(long index) {
    Random random = new Random(SEED * 1_000_003 + index);
    // The first clusters are the largest, as topics are.
    int cluster = (int) (CLUSTERS * Math.pow(random.nextDouble(), 1.5));
    float[] neurons = bias.clone();
    for (int i = 0; i < HIDDEN; i++) {
      float hidden =
          axes[i] * (centres[cluster][i] + spreads[cluster] * (float) random.nextGaussian());
      add(neurons, hidden, first[i]);
    }
    float[] vector = offset.clone();
    for (int i = 0; i < NEURONS; i++) {
      add(vector, (float) Math.tanh(neurons[i]), second[i]);
    }
    double noise = Math.sqrt(NOISE / (1 - NOISE) / dimension) * length(vector);
    for (int i = 0; i < dimension; i++) {
      vector[i] += (float) (noise * random.nextGaussian());
    }
    float inverse = (float) (1 / length(vector));
    for (int i = 0; i < dimension; i++) {
      vector[i] *= inverse;
    }
    return vector;
  }

  private static void add(float[] target, float factor, float[] source) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * source[i];
    }
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float number : vector) {
      square += (double) number * number;
    }
    return Math.sqrt(square);
  }

  float[][] vectors(long from, int count) {
    float[][] vectors = new float[count][];
    IntStream.range(0, count).parallel().forEach(i -> vectors[i] = vector(from + i));
    return vectors;
  }
}
