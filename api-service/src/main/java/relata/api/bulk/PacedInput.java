package relata.api.bulk;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The body of an import, which others wait behind: it ends when its client was waited for too long,
 * or the whole takes too long. What is done between two pieces is not on the client's account. And
 * it ends when the process has to.
 */
final class PacedInput extends FilterInputStream {
  private static final long SECOND = 1_000_000_000;

  private final long patienceNanos;
  private final long leastBytesPerSecond;
  private final Duration longest;
  private final BooleanSupplier isStopping;
  private final LongSupplier nanos;
  private final long begun;
  private long waited;
  private long bytes;

  /** The client, and nobody else, is at fault. */
  static final class TooSlow extends IOException {
    private static final long serialVersionUID = 1L;

    TooSlow(String detail) {
      super(detail);
    }
  }

  PacedInput(InputStream body, BulkConfig config, BooleanSupplier isStopping, LongSupplier nanos) {
    this(
        body,
        config.patience(),
        config.leastSpeed().asLongValue(),
        config.longest(),
        isStopping,
        nanos);
  }

  PacedInput(
      InputStream body,
      Duration patience,
      long leastBytesPerSecond,
      Duration longest,
      BooleanSupplier isStopping,
      LongSupplier nanos) {
    super(body);
    this.patienceNanos = patience.toNanos();
    this.leastBytesPerSecond = leastBytesPerSecond;
    this.longest = longest;
    this.isStopping = isStopping;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (isStopping.getAsBoolean()) {
      throw new ServiceStopping();
    }
    long before = nanos.getAsLong();
    int count = super.read(target, offset, length);
    long now = nanos.getAsLong();
    waited += now - before;
    bytes += Math.max(count, 0);
    if (count >= 0 && waited > patienceNanos + bytes * SECOND / leastBytesPerSecond) {
      throw new TooSlow(
          "The body comes more slowly than %d bytes a second.".formatted(leastBytesPerSecond));
    }
    if (count >= 0 && now - begun > longest.toNanos()) {
      throw new TooSlow(
          "An import may take %d seconds; send the rest by another."
              .formatted(longest.toSeconds()));
    }
    return count;
  }
}
