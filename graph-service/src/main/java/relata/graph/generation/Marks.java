package relata.graph.generation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** For each document which transaction stored it, as a file of pairs of little-endian numbers. */
final class Marks {
  private static final int PAIR_BYTES = 2 * Long.BYTES;

  private Marks() {}

  static long bytes(int documents) {
    return (long) documents * PAIR_BYTES;
  }

  static void write(Path file, long[] pairs) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(pairs.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(pairs);
    Files.write(file, bytes.array(), StandardOpenOption.CREATE_NEW);
  }

  /** Documents and their marks one after the other. */
  static long[] pairs(Map<Long, Long> marks) {
    long[] pairs = new long[2 * marks.size()];
    int at = 0;
    for (Map.Entry<Long, Long> mark : marks.entrySet()) {
      pairs[at++] = mark.getKey();
      pairs[at++] = mark.getValue();
    }
    return pairs;
  }

  static Map<Long, Long> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length % PAIR_BYTES != 0) {
      throw new IOException("the marks are no pairs");
    }
    LongBuffer pairs = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    Map<Long, Long> marks = new ConcurrentHashMap<>(bytes.length / PAIR_BYTES * 2);
    while (pairs.hasRemaining()) {
      marks.put(pairs.get(), pairs.get());
    }
    return marks;
  }
}
