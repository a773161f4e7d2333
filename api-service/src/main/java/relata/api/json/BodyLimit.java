package relata.api.json;

import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.io.InputStream;

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
          new LimitedInput(context.getInputStream(), limits.get().maxBody(), BodyLimit::tooLarge));
    }
    return context.proceed();
  }

  private static String tooLarge(long maxBytes) {
    return "The body is larger than %d bytes; import larger amounts through documents:bulk."
        .formatted(maxBytes);
  }
}
