package relata.api.json;

import io.quarkus.runtime.configuration.MemorySize;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongFunction;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** A body that ends with 413 at its limit, whether its length was announced or not. */
public final class LimitedInput extends FilterInputStream {
  private final long maxBytes;
  private final LongFunction<String> tooLarge;
  private long read;

  /**
   * Limits a body.
   *
   * @param tooLarge what to tell the client of a larger one, from the limit in bytes
   */
  public LimitedInput(InputStream body, MemorySize max, LongFunction<String> tooLarge) {
    super(body);
    this.maxBytes = max.asLongValue();
    this.tooLarge = tooLarge;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  /** Nothing is read twice. */
  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(int bytes) {
    read += bytes;
    if (read > maxBytes) {
      throw Problem.of(ProblemType.TOO_LARGE, tooLarge.apply(maxBytes)).exception();
    }
  }
}
