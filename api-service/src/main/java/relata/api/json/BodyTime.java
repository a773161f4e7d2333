package relata.api.json;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/**
 * Cuts off a client that lets its JSON body come for too long, byte by byte: no time-out between
 * two bytes is of any use against that. Imports take as long as they must, and have limits of their
 * own.
 */
@Singleton
final class BodyTime {
  private static final String IMPORTS = "application/x-ndjson";

  /** Before everything that waits for the body. */
  private static final int FIRST = 1_000;

  private final long maxMillis;

  BodyTime(JsonLimits limits) {
    this.maxMillis = limits.maxTime().toMillis();
  }

  void register(@Observes Filters filters) {
    filters.register(this::watch, FIRST);
  }

  private void watch(RoutingContext routing) {
    HttpServerRequest request = routing.request();
    if (hasBody(request) && !isImport(request)) {
      long timer = routing.vertx().setTimer(maxMillis, passed -> cut(request));
      routing.addEndHandler(
          ended -> {
            var unused = routing.vertx().cancelTimer(timer);
          });
    }
    routing.next();
  }

  private static void cut(HttpServerRequest request) {
    if (!request.isEnded()) {
      var unused = request.connection().close();
    }
  }

  private static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.CONTENT_LENGTH)
        || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
  }

  private static boolean isImport(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(IMPORTS);
  }
}
