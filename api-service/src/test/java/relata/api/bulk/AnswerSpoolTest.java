package relata.api.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerSpoolTest {
  @Test
  void answersComeBackInOrderWhereverTheyWereKept() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (AnswerSpool spool = new AnswerSpool(100, Long.MAX_VALUE)) {
      IntStream.range(0, 1_000).forEach(i -> spool.add(("line " + i).getBytes(UTF_8)));
      spool.writeTo(read, () -> {});
    }
    String expected =
        IntStream.range(0, 1_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    assertEquals(expected, read.toString(UTF_8));
  }

  @Test
  void roomEndsAtTheBoundAndWhatIsStoredByThenIsStillAnswered() throws IOException, ImportFailure {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (AnswerSpool spool = new AnswerSpool(4, 10)) {
      spool.demandRoom(1);
      spool.add("12345678".getBytes(UTF_8));
      spool.demandRoom(2);
      spool.add("1".getBytes(UTF_8));
      spool.add("2".getBytes(UTF_8));
      ImportFailure full = assertThrows(ImportFailure.class, () -> spool.demandRoom(4));
      assertEquals(4, full.firstLine());
      spool.writeTo(read, () -> {});
    }
    assertEquals("12345678\n1\n2\n", read.toString(UTF_8));
  }
}
