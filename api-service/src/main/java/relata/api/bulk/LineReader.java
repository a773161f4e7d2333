package relata.api.bulk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import relata.api.problem.FieldError;

/** Cuts a stream into lines of bounded length, reading no further than it must. */
public final class LineReader {
  private static final int BUFFER = 64 * 1024;

  private final InputStream input;
  private final int maxBytes;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private long number;

  public LineReader(InputStream input, int maxBytes) {
    this.input = input;
    this.maxBytes = maxBytes;
  }

  /** A line of the input, without its end. */
  public sealed interface Line {
    /** Position in the input, from 1 up. */
    long number();

    /** A line that fits. */
    record Text(long number, byte[] bytes) implements Line {
      /** Whether there is nothing in it. */
      public boolean isBlank() {
        for (byte value : bytes) {
          if (value != ' ' && value != '\t' && value != '\r') {
            return false;
          }
        }
        return true;
      }
    }

    /** A line beyond the bound; its bytes were skipped. */
    record TooLong(long number) implements Line {}
  }

  /** What to say of a line beyond the bound. */
  public static FieldError tooLong(long maxBytes) {
    return new FieldError(null, "The line is longer than " + maxBytes + " bytes.");
  }

  /** The next line; null at the end of the input. */
  public Line next() throws IOException {
    if (start == end && !fill()) {
      return null;
    }
    ByteArrayOutputStream collected = new ByteArrayOutputStream();
    boolean fits = true;
    boolean isComplete = false;
    do {
      int lineEnd = indexOfLineEnd();
      fits = fits && collected.size() + (lineEnd - start) <= maxBytes;
      if (fits) {
        collected.write(buffer, start, lineEnd - start);
      }
      isComplete = lineEnd < end;
      start = isComplete ? lineEnd + 1 : end;
    } while (!isComplete && fill());
    number++;
    return fits ? new Line.Text(number, collected.toByteArray()) : new Line.TooLong(number);
  }

  /** The number of the line that comes after those that were read to their end. */
  public long nextNumber() {
    return number + 1;
  }

  private int indexOfLineEnd() {
    for (int i = start; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return end;
  }

  private boolean fill() throws IOException {
    int count = input.read(buffer, 0, buffer.length);
    start = 0;
    end = Math.max(count, 0);
    return count > 0;
  }
}
