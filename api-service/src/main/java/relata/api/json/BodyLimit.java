package relata.api.json;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;

/**
 * Ends a JSON body at its limit, whether its length was announced or not. The server's own limit
 * cannot do it: it is one for all paths, and must let bulk imports through.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
final class BodyLimit implements ReaderInterceptor {
  private final Instance<JsonLimits> limits;

  /** Interceptors are made at build time, when there is no configuration to read yet. */
  BodyLimit(Instance<JsonLimits> limits) {
    this.limits = limits;
  }

  @Override
  public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
    // Who asks for a stream reads it piece by piece and has limits of its own.
    if (context.getType() != InputStream.class) {
      context.setInputStream(
          new Limited(context.getInputStream(), limits.get().maxBody().asLongValue()));
    }
    return context.proceed();
  }

  private static ProblemException tooLarge(long maxBytes) {
    String detail =
        "The body is larger than %d bytes; import larger amounts through documents:bulk."
            .formatted(maxBytes);
    return Problem.of("too-large", "Content too large", 413, detail).exception();
  }

  private static final class Limited extends InputStream {
    private final InputStream body;
    private final long maxBytes;
    private long read;

    Limited(InputStream body, long maxBytes) {
      this.body = body;
      this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = body.read(target, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    @Override
    public int available() throws IOException {
      return body.available();
    }

    @Override
    public void close() throws IOException {
      body.close();
    }

    private void count(int bytes) {
      read += bytes;
      if (read > maxBytes) {
        throw tooLarge(maxBytes);
      }
    }
  }
}
