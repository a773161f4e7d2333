package relata.graph.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SimilarityTest {
  @Property(tries = 500)
  void bothOrdersOfAPairGiveTheSameBits(
      @ForAll @IntRange(min = 1, max = 70) int dimension, @ForAll long seed) {
    float[] a = random(dimension, seed);
    float[] b = random(dimension, seed + 1);
    assertEquals(
        Double.doubleToRawLongBits(Similarity.cosine(a, b)),
        Double.doubleToRawLongBits(Similarity.cosine(b, a)));
  }

  @Property(tries = 500)
  void itIsTheCosine(@ForAll @IntRange(min = 1, max = 70) int dimension, @ForAll long seed) {
    float[] a = random(dimension, seed);
    float[] b = random(dimension, seed + 1);
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < dimension; i++) {
      dot += (double) a[i] * b[i];
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    assertEquals(dot / Math.sqrt(aa * bb), Similarity.cosine(a, b), 1e-9);
  }

  @Property(tries = 500)
  void equalVectorsHaveSimilarityOneToTheBit(
      @ForAll @IntRange(min = 1, max = 70) int dimension, @ForAll long seed) {
    assertEquals(1.0, Similarity.cosine(random(dimension, seed), random(dimension, seed)));
  }

  @Test
  void theOrderOfTheSumIsPinned() {
    // Any other order of adding these gives other bits: they cancel only as a tree of eight.
    float[] a = {1e8f, 1, -1e8f, 1, 3, 1e-8f, 7, -1e7f, 0.5f, 1e8f};
    float[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    double expected =
        ((((double) a[0] + a[1]) + ((double) a[2] + a[3]))
                + (((double) a[4] + a[5]) + ((double) a[6] + a[7])))
            + a[8]
            + a[9];
    assertEquals(expected, Similarity.dot(Similarity.widen(a, 0, 10), ones, 0));
  }

  @Test
  void aZeroVectorIsSimilarToNothing() {
    assertTrue(Double.isNaN(Similarity.cosine(new float[3], new float[] {1, 2, 3})));
  }

  private static float[] random(int dimension, long seed) {
    Random random = new Random(seed);
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
