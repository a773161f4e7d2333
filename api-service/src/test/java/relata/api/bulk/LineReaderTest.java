package relata.api.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void linesAreCutWithOrWithoutALastLineEnd() throws IOException {
    assertEquals(List.of("1:a", "2:", "3:bc"), lines("a\n\nbc\n", 10));
    assertEquals(List.of("1:a", "2:", "3:bc"), lines("a\n\nbc", 10));
    assertEquals(List.of(), lines("", 10));
  }

  @Test
  void lineBeyondTheBoundIsSkippedAndTheNextIsRead() throws IOException {
    assertEquals(List.of("1:12345", "2 too long", "3:x"), lines("12345\n123456\nx", 5));
  }

  @Test
  void lineMayBeLongerThanTheBuffer() throws IOException {
    String line = "x".repeat(300_000);
    assertEquals(List.of("1:" + line, "2:y"), lines(line + "\ny", 300_000));
    assertEquals(List.of("1 too long", "2:y"), lines(line + "\ny", 299_999));
  }

  @Test
  void cutsAreTheSameHoweverTheBytesArrive() throws IOException {
    InputStream single =
        new ByteArrayInputStream("ab\ncd\nefg".getBytes(UTF_8)) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(1, length));
          }
        };
    assertEquals(List.of("1:ab", "2:cd", "3 too long"), lines(new LineReader(single, 2)));
  }

  @Test
  void lineThatBreaksOffIsTheNextStill() throws IOException {
    InputStream cut =
        new SequenceInputStream(
            new ByteArrayInputStream("ab\ncd".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new ServiceStopping();
              }
            });
    LineReader reader = new LineReader(cut, 10);
    assertEquals(1, reader.next().number());
    assertThrows(ServiceStopping.class, reader::next);
    assertEquals(2, reader.nextNumber());
  }

  private static List<String> lines(String text, int maxBytes) throws IOException {
    return lines(new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), maxBytes));
  }

  private static List<String> lines(LineReader reader) throws IOException {
    List<String> lines = new ArrayList<>();
    for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
      lines.add(
          switch (line) {
            case LineReader.Line.Text text -> text.number() + ":" + new String(text.bytes(), UTF_8);
            case LineReader.Line.TooLong tooLong -> tooLong.number() + " too long";
          });
    }
    return lines;
  }
}
