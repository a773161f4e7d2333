package relata.api.bulk;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps answers until they can be sent: the first in memory, the rest in a temporary file. Both end
 * somewhere: a line of two characters has an answer of a hundred.
 */
public final class AnswerSpool implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  private final int maxBytesInMemory;
  private final long maxBytes;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private Path file;
  private OutputStream fileOutput;
  private long bytes;

  AnswerSpool(int maxBytesInMemory, long maxBytes) {
    this.maxBytesInMemory = maxBytesInMemory;
    this.maxBytes = maxBytes;
  }

  /**
   * To be asked before lines are stored: from then on their answers are taken, however long.
   *
   * @param line the first of them
   * @throws ImportFailure if there are as many answers as may be
   */
  public void demandRoom(long line) throws ImportFailure {
    if (bytes >= maxBytes) {
      throw new ImportFailure(line, new TooManyAnswers(maxBytes));
    }
  }

  /** Adds a line; its end is added here. */
  public void add(byte[] line) {
    try {
      OutputStream target = target(line.length + 1);
      target.write(line);
      target.write('\n');
      bytes += line.length + 1;
    } catch (IOException diskFailure) {
      // Not to be taken for a failure of the client's connection.
      throw new UncheckedIOException(diskFailure);
    }
  }

  /**
   * @param written told each time that the target took a piece
   */
  void writeTo(OutputStream target, Runnable written) throws IOException {
    memory.writeTo(target);
    written.run();
    if (file == null) {
      return;
    }
    fileOutput.flush();
    byte[] piece = new byte[PIECE];
    try (InputStream input = Files.newInputStream(file)) {
      for (int count = input.read(piece); count >= 0; count = input.read(piece)) {
        target.write(piece, 0, count);
        written.run();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      try (OutputStream open = fileOutput) {
        open.flush();
      } finally {
        Files.deleteIfExists(file);
      }
    }
  }

  private OutputStream target(int bytes) throws IOException {
    if (file == null && memory.size() + bytes <= maxBytesInMemory) {
      return memory;
    }
    if (file == null) {
      file = Files.createTempFile("relata-import", ".ndjson");
      fileOutput = new BufferedOutputStream(Files.newOutputStream(file));
    }
    return fileOutput;
  }
}
