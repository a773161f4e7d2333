package relata.graph.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SideBySideTest {
  @Property(tries = 100)
  void theSumsHaveTheSameBitsAsOneByOne(
      @ForAll @IntRange(min = 1, max = 70) int dimension,
      @ForAll @IntRange(min = 1, max = 5) int queries,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] columns = new float[dimension * Block.ROWS];
    float[][] rows = new float[Block.ROWS][dimension];
    for (int row = 0; row < Block.ROWS; row++) {
      for (int i = 0; i < dimension; i++) {
        rows[row][i] = (float) random.nextGaussian();
        columns[i * Block.ROWS + row] = rows[row][i];
      }
    }
    double[][] vectors = new double[queries][dimension];
    double[][] expected = new double[queries][Block.ROWS];
    for (int query = 0; query < queries; query++) {
      vectors[query] = random.doubles(dimension, -1, 1).toArray();
      for (int row = 0; row < Block.ROWS; row++) {
        expected[query][row] = Similarity.dot(vectors[query], rows[row], 0);
      }
    }
    double[][] sums = new double[queries][Block.ROWS];
    // Twice: what a scan left behind must not count.
    SideBySide.dots(vectors, columns, sums);
    SideBySide.dots(vectors, columns, sums);
    assertArrayEquals(expected, sums);
  }
}
