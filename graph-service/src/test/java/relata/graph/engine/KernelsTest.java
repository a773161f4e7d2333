package relata.graph.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class KernelsTest {
  /** Both sum few numbers of about one in float. */
  private static final double ERROR = 1e-3;

  @Property(tries = 100)
  void productsAreSumsOfProductsHoweverManyQueriesThereAre(@ForAll long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(70);
    int queries = 1 + random.nextInt(9);
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
      kernels.products(weights, queries, width, tile, sums);
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
}
