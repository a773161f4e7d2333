package relata.api.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerSpoolTest {
  @Test
  void answersComeBackInOrderWhereverTheyWereKept() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (AnswerSpool spool = new AnswerSpool(100)) {
      IntStream.range(0, 1_000).forEach(i -> spool.add(("line " + i).getBytes(UTF_8)));
      spool.writeTo(read);
    }
    String expected =
        IntStream.range(0, 1_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertEquals(expected, read.toString(UTF_8));
  }
}
