package relata.worker.ollama;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure.Refused;
import relata.worker.model.ModelFailure.Transient;

class UnreadEmbeddingsTest {
  @Test
  void goodVectorsAreTakenAsTheyAre() {
    var answer =
        vectors(
            """
            {"model": "m", "embeddings": [[1.5, -2], [0, 1.4E-45]], "more": {"x": [1, [2]]}}""",
            2);
    ByteBuffer first = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    first.putFloat(1.5f).putFloat(-2f);
    assertArrayEquals(first.array(), answer.embeddings().getFirst().values());
    assertEquals(Float.MIN_VALUE, component(answer, 1, 1));
  }

  @Test
  void longVectorsAreTakenWhole() {
    String components =
        IntStream.range(0, 5000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    var answer = vectors("{\"embeddings\": [[%s]]}".formatted(components), 1);
    assertEquals(5000, answer.embeddings().getFirst().dimension());
    assertEquals(4999f, component(answer, 0, 4999));
  }

  @Test
  void aWrongCountIsRefused() {
    assertEquals("wrong_count", code("[[1]]", 2));
    assertEquals("wrong_count", code("[[1], [2]]", 1));
    assertEquals("wrong_count", code("[]", 1));
  }

  @Test
  void aVectorThatIsNoneIsRefused() {
    assertEquals("no_vector", code("[[]]", 1));
    assertEquals("no_vector", code("[[1], null]", 2));
    assertEquals("no_vector", code("[1, 2]", 2));
    assertEquals("wrong_dimension", code("[[1], [1, 2]]", 2));
    assertEquals("not_finite", code("[[1, \"NaN\"]]", 1));
    assertEquals("not_finite", code("[[1, null]]", 1));
    assertEquals("not_finite", code("[[NaN, 1]]", 1));
    assertEquals("not_finite", code("[[1, [2]]]", 1));
    assertEquals("not_finite", code("[[-1e50, 1]]", 1));
    assertEquals("zero_vector", code("[[0, -0.0]]", 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "7",
        "{}",
        "{\"embeddings\": [[1, 2",
        "{\"embeddings\": null}",
        "{\"embeddings\": \"none\"}"
      })
  void whatIsNoAnswerAtAllMayPass(String body) {
    assertEquals("not_json", assertInstanceOf(Transient.class, read(body, 1)).code());
  }

  private static String code(String embeddings, int inputs) {
    return refused("{\"embeddings\": %s}".formatted(embeddings), inputs).code();
  }

  private static Refused refused(String body, int inputs) {
    return assertInstanceOf(Refused.class, read(body, inputs));
  }

  private static ModelAnswer.Vectors vectors(String body, int inputs) {
    return assertInstanceOf(ModelAnswer.Vectors.class, read(body, inputs));
  }

  private static ModelAnswer read(String body, int inputs) {
    return new UnreadEmbeddings(new JsonFactory(), body.getBytes(StandardCharsets.UTF_8), inputs)
        .read();
  }

  private static float component(ModelAnswer.Vectors answer, int vector, int component) {
    return ByteBuffer.wrap(answer.embeddings().get(vector).values())
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat(component * Float.BYTES);
  }
}
