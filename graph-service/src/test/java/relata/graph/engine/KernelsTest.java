package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KernelsTest {
  /** Both sum few numbers of about one in float. */
  private static final double ERROR = 1e-3;

  @Property(tries = 100)
  void productsAreSumsOfProductsHoweverManyQueriesThereAre(@ForAll long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(2 * Kernels.NEAR + 20);
    int queries = 1 + random.nextInt(12);
    int offset = Kernels.TILE * random.nextInt(3);
    byte[] heads = new byte[offset + width * Kernels.TILE];
    random.nextBytes(heads);
    float[] weights = new float[queries * width];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() / 128;
    }
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      float[] tile = new float[width * Kernels.TILE];
      kernels.widen(heads, offset, tile);
      float[] sums = new float[queries * Kernels.TILE];
      int front = random.nextInt(width + 1);
      kernels.products(weights, 0, queries, width, front, tile, sums);
      for (int query = 0; query < queries; query++) {
        kernels.addProducts(
            weights, query * width, 1, width, front, width, tile, sums, query * Kernels.TILE);
      }
      float[] alone = new float[Kernels.TILE + 1];
      for (int query = 0; query < queries; query++) {
        kernels.product(weights, query * width, width, heads, offset, alone, 1);
        for (int row = 0; row < Kernels.TILE; row++) {
          double sum = 0;
          for (int j = 0; j < width; j++) {
            sum += (double) weights[query * width + j] * heads[offset + j * Kernels.TILE + row];
          }
          assertEquals(sum, sums[query * Kernels.TILE + row], ERROR);
          assertEquals(sum, alone[1 + row], ERROR);
        }
      }
    }
  }

  @Property(tries = 100)
  void fourProductsAreThoseOfEach(@ForAll long seed) {
    Random random = new Random(seed);
    float[] vector = gaussian(random, 1 + random.nextInt(100));
    MemorySegment[] memories = new MemorySegment[4];
    long[] offsets = new long[4];
    double[] expected = new double[4];
    for (int i = 0; i < 4; i++) {
      int before = random.nextInt(3);
      float[] others = gaussian(random, before + vector.length);
      memories[i] = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, others);
      offsets[i] = (long) before * Float.BYTES;
      for (int j = 0; j < vector.length; j++) {
        expected[i] += (double) vector[j] * others[before + j];
      }
    }
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      float[] products = new float[4];
      kernels.fourDots(vector, memories, offsets, products);
      for (int i = 0; i < 4; i++) {
        assertEquals(expected[i], products[i], ERROR);
        assertEquals(expected[i], kernels.dot(vector, memories[i], offsets[i]), ERROR);
      }
    }
  }

  @Property(tries = 100)
  void commonBitsAreCountedByPlane(@ForAll long seed) {
    Random random = new Random(seed);
    int words = 1 + random.nextInt(20);
    int first = words * random.nextInt(3);
    int stride = Kernels.padded(words);
    int planes = 1 + random.nextInt(7);
    long[] bits = random.longs(first + words + Kernels.WORDS).toArray();
    long[] all = new long[(1 + planes) * stride];
    Arrays.fill(all, 0, words, -1);
    long ones = 0;
    long steps = 0;
    for (int word = 0; word < words; word++) {
      ones += Long.bitCount(bits[first + word]);
      for (int plane = 0; plane < planes; plane++) {
        long number = random.nextLong();
        all[(1 + plane) * stride + word] = number;
        steps += (long) Long.bitCount(bits[first + word] & number) << plane;
      }
    }
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      assertEquals((ones << 32) + steps, kernels.common(bits, first, words, all));
    }
  }

  @Property(tries = 100)
  void noneOfSomeQueriesIsLeftOutTogetherThatIsNotAlone(@ForAll long seed) {
    Random random = new Random(seed);
    float[] sums = gaussian(random, Kernels.QUERIES * Kernels.TILE);
    float[] lengths = gaussian(random, 2 * Kernels.TILE);
    float[] spreads = gaussian(random, 2 * Kernels.TILE);
    float[] tails = gaussian(random, Kernels.QUERIES + 1);
    float floor = 6 * random.nextFloat();
    for (Kernels kernels : SketchIndexTest.KERNELS) {
      long rows = 0;
      for (int query = 0; query < Kernels.QUERIES; query++) {
        int at = query * Kernels.TILE;
        rows |= kernels.reaching(sums, at, lengths, spreads, Kernels.TILE, tails[1 + query], floor);
      }
      boolean any =
          kernels.anyReaches(sums, 0, lengths, spreads, Kernels.TILE, tails, 1, floor - 1e-5f);
      assertTrue(any || rows == 0);
      if (kernels instanceof SimdKernels) {
        assertFalse(
            kernels.anyReaches(sums, 0, lengths, spreads, Kernels.TILE, tails, 1, 1_000_000));
      }
    }
  }

  private static float[] gaussian(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }
}
