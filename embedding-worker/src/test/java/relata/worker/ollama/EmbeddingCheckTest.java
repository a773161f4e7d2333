package relata.worker.ollama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure.Refused;

class EmbeddingCheckTest {
  @Test
  void goodVectorsAreTakenAsTheyAre() {
    var answer =
        assertInstanceOf(
            ModelAnswer.Vectors.class,
            EmbeddingCheck.check(new float[][] {{1.5f, -2f}, {0f, Float.MIN_VALUE}}, 2));
    ByteBuffer first = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    first.putFloat(1.5f).putFloat(-2f);
    assertArrayEquals(first.array(), answer.embeddings().getFirst().values());
    assertEquals(2, answer.embeddings().getLast().dimension());
  }

  @Test
  void aWrongCountIsRefused() {
    assertEquals("wrong_count", code(new float[][] {{1}}, 2));
    assertEquals("wrong_count", code(new float[][] {{1}, {2}}, 1));
    assertEquals("wrong_count", code(null, 1));
  }

  @Test
  void aVectorThatIsNoneIsRefused() {
    assertEquals("no_vector", code(new float[][] {{}}, 1));
    assertEquals("no_vector", code(new float[][] {{1}, null}, 2));
    assertEquals("wrong_dimension", code(new float[][] {{1}, {1, 2}}, 2));
    assertEquals("not_finite", code(new float[][] {{1, Float.NaN}}, 1));
    assertEquals("not_finite", code(new float[][] {{Float.NEGATIVE_INFINITY, 1}}, 1));
    assertEquals("zero_vector", code(new float[][] {{0, -0f}}, 1));
  }

  private static String code(float[][] vectors, int inputs) {
    return assertInstanceOf(Refused.class, EmbeddingCheck.check(vectors, inputs)).code();
  }
}
