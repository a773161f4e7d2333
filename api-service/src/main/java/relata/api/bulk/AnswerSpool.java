package relata.api.bulk;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps answers until they can be sent: the first in memory, the rest in a temporary file. */
public final class AnswerSpool implements AutoCloseable {
  private final int maxBytesInMemory;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private Path file;
  private OutputStream fileOutput;

  AnswerSpool(int maxBytesInMemory) {
    this.maxBytesInMemory = maxBytesInMemory;
  }

  /** Adds a line; its end is added here. */
  public void add(byte[] line) {
    try {
      OutputStream target = target(line.length + 1);
      target.write(line);
      target.write('\n');
    } catch (IOException diskFailure) {
      // Not to be taken for a failure of the client's connection.
      throw new UncheckedIOException(diskFailure);
    }
  }

  void writeTo(OutputStream target) throws IOException {
    memory.writeTo(target);
    if (file != null) {
      fileOutput.flush();
      Files.copy(file, target);
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
