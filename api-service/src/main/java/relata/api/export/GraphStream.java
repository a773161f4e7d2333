package relata.api.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import relata.api.bulk.LineReader;

/** The lines of an export of graph-service's, read no faster than they are asked for. */
final class GraphStream implements AutoCloseable {
  private final InputStream input;
  private final LineReader lines;
  private final ObjectReader reader;
  private final int maxLineBytes;

  GraphStream(InputStream input, ObjectMapper mapper, int maxLineBytes) {
    this.input = input;
    this.lines = new LineReader(input, maxLineBytes);
    this.reader = mapper.readerFor(ExportLine.class);
    this.maxLineBytes = maxLineBytes;
  }

  /**
   * The next line; waits for it.
   *
   * @throws IOException if it broke off: whoever reads on until the last line never asks in vain
   */
  ExportLine next() throws IOException {
    return switch (lines.next()) {
      case null -> throw new EOFException("graph-service broke off");
      case LineReader.Line.Text text -> reader.readValue(text.bytes());
      case LineReader.Line.TooLong _ ->
          throw new IOException("a line is longer than " + maxLineBytes + " bytes");
    };
  }

  /** From any thread; wakes up who waits for a line, and lets graph-service stop. */
  @Override
  public void close() throws IOException {
    input.close();
  }
}
