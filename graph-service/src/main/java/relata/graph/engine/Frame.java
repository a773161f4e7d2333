package relata.graph.engine;

import static relata.graph.engine.NumberWriter.FLOATS;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How vectors of one dimension are sketched: principal coordinates to a byte each, and of the rest,
 * rotated at random, the signs. docs/adr/0011-sketches-with-a-certain-bound.md derives the bounds.
 */
final class Frame {
  /** The relative error of one rounding to float. */
  static final double UNIT = 0x1p-24;

  /** The same vectors give the same sketches on every machine. */
  private static final long SEED = 0x5EEDL;

  /** Outside of these lengths products of floats could overflow or vanish. */
  private static final double LEAST_NORM = 0x1p-40;

  private static final double GREATEST_NORM = 0x1p40;

  /** What the clamped and the unseen may need beyond the largest of the sample. */
  private static final float HEADROOM = 1.1f;

  private final int dimension;
  private final int width;
  private final int rows;

  /** Coordinates of the rotated rest: the dimension, filled up to whole words. */
  private final int restLength;

  private final float[] basis;
  private final float[] scales;
  private final Rotation rotation;
  private final Kernels kernels;
  private final double headSlack;
  private final double restSlack;

  /**
   * @param rows how many vectors there were when it was made
   * @param basis directions one after the other
   * @param scales a step of each principal coordinate
   */
  Frame(int dimension, int rows, float[] basis, float[] scales, Kernels kernels) {
    this.dimension = dimension;
    this.rows = rows;
    width = scales.length;
    this.basis = basis;
    this.scales = scales;
    this.kernels = kernels;
    restLength = (dimension + Long.SIZE - 1) / Long.SIZE * Long.SIZE;
    rotation = new Rotation(restLength, SEED, kernels);
    double projection = 1.02 * Math.sqrt(width) * dimension * UNIT;
    double remainder = 1.02 * (width + 2) * UNIT * (1 + 1.02 * Math.sqrt(width));
    headSlack =
        2 * projection
            + 1.1 * Basis.deviation(basis, dimension)
            + 4 * remainder
            + 2 * (width + 16) * UNIT;
    restSlack = headSlack + 2.2 * rotation.error();
  }

  /** Whether float arithmetic can be trusted with a vector of this length. */
  static boolean isTame(double norm) {
    return norm >= LEAST_NORM && norm <= GREATEST_NORM;
  }

  /** How far the float sum that a kernel makes of unit vectors is at most from the exact cosine. */
  static double dotSlack(int dimension) {
    // Half a step of the rounded similarity besides.
    return 1.02 * (dimension + 8) * UNIT + 1e-9;
  }

  /**
   * @param sample vectors of the collection, all tame
   * @param rows how many it has
   */
  static Frame of(List<float[]> sample, int rows, int dimension, int width, Kernels kernels) {
    List<float[]> units =
        sample.stream().map(vector -> unit(vector, length(vector), vector.length)).toList();
    float[] basis = Basis.of(units, dimension, width, new SplittableRandom(SEED), kernels);
    float[] scales = new float[width];
    for (int j = 0; j < width; j++) {
      float largest = 1e-6f;
      for (float[] unit : units) {
        largest =
            Math.max(largest, Math.abs(kernels.dot(basis, j * dimension, unit, 0, dimension)));
      }
      scales[j] = HEADROOM * largest / Byte.MAX_VALUE;
    }
    return new Frame(dimension, rows, basis, scales, kernels);
  }

  /** The one that {@link #write} wrote. */
  static Frame read(NumberReader from, Kernels kernels) throws IOException {
    int dimension = from.readCount(Integer.MAX_VALUE);
    int rows = from.readCount(Integer.MAX_VALUE);
    int width = from.readCount(dimension);
    float[] basis = from.read(new float[width * dimension], width * dimension, FLOATS);
    return new Frame(dimension, rows, basis, from.read(new float[width], width, FLOATS), kernels);
  }

  void write(NumberWriter to) throws IOException {
    to.write(dimension);
    to.write(rows);
    to.write(width);
    to.write(basis, basis.length, FLOATS);
    to.write(scales, width, FLOATS);
  }

  private static double length(float[] vector) {
    double square = 0;
    for (float number : vector) {
      square += (double) number * number;
    }
    return Math.sqrt(square);
  }

  static float[] unit(float[] vector, double norm, int length) {
    float[] unit = new float[length];
    float inverse = (float) (1 / norm);
    for (int i = 0; i < vector.length; i++) {
      unit[i] = vector[i] * inverse;
    }
    return unit;
  }

  int dimension() {
    return dimension;
  }

  int width() {
    return width;
  }

  /** The same, when there were more vectors by the time that it was made. */
  Frame withRows(int newRows) {
    return new Frame(dimension, newRows, basis, scales, kernels);
  }

  /** How many vectors there were when it was made. */
  int rows() {
    return rows;
  }

  /**
   * How many of the principal coordinates come first when many rows are compared: most rows are
   * excluded by these, with what comes after them counted by its length. The directions are about
   * in the order of what they hold. Tried out: fewer leave more rows, more cost more.
   */
  int front() {
    return width * 5 / 8;
  }

  /** At least the length that has this square. */
  static float endOf(double square) {
    return roundedUp(Math.sqrt(square) * (1 + 1e-6));
  }

  Kernels kernels() {
    return kernels;
  }

  int words() {
    return restLength / Long.SIZE;
  }

  /** How far a ceiling made of the principal parts and the lengths of the rests may be too low. */
  double headSlack() {
    return headSlack;
  }

  /** The same of one for which the signs were looked at, too. */
  double restSlack() {
    return restSlack;
  }

  float scale(int coordinate) {
    return scales[coordinate];
  }

  /** A principal coordinate in steps. */
  byte step(int coordinate, float number) {
    int steps = Math.round(number / scales[coordinate]);
    return (byte) Math.clamp(steps, Byte.MIN_VALUE + 1, Byte.MAX_VALUE);
  }

  /** A vector in this frame, before anything of it is left out. */
  Split split(float[] vector, double norm) {
    float[] rest = unit(vector, norm, restLength);
    float[] principal = new float[width];
    int j = 0;
    for (; j + 4 <= width; j += 4) {
      kernels.fourDots(basis, j * dimension, dimension, rest, principal, j);
    }
    for (; j < width; j++) {
      principal[j] = kernels.dot(basis, j * dimension, rest, 0, dimension);
    }
    for (j = 0; j + 4 <= width; j += 4) {
      kernels.subtractFour(rest, principal, j, basis, j * dimension, dimension);
    }
    for (; j < width; j++) {
      kernels.addScaled(rest, -principal[j], basis, j * dimension, dimension);
    }
    double square = kernels.dot(rest, 0, rest, 0, restLength);
    rotation.apply(rest);
    return new Split(principal, roundedUp(Math.sqrt(square) * (1 + restLength * UNIT)), rest);
  }

  /** A float that is not below the number. */
  static float roundedUp(double number) {
    float nearest = (float) number;
    return nearest >= number ? nearest : Math.nextUp(nearest);
  }

  /**
   * @param principal coordinates along the basis
   * @param tail at least the length of the rest
   * @param rest what the principal coordinates leave, rotated
   */
  record Split(float[] principal, float tail, float[] rest) {}
}
