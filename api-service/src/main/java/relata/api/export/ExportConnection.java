package relata.api.export;

import io.netty.channel.ChannelFuture;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connection of a client that takes an export. It is cut if the export fails, so that a part is
 * not taken for the whole, and if nothing is sent for too long.
 */
final class ExportConnection {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final RoutingContext routing;
  private final AtomicLong lastSent = new AtomicLong(System.nanoTime());

  private ExportConnection(RoutingContext routing) {
    this.routing = routing;
  }

  /**
   * @param atEnd run once when the answer was sent, or the connection is gone, whichever it is
   */
  static ExportConnection watched(RoutingContext routing, Duration stalledAfter, Runnable atEnd) {
    ExportConnection connection = new ExportConnection(routing);
    Vertx vertx = routing.vertx();
    long timer =
        vertx.setPeriodic(
            Math.max(1, stalledAfter.toMillis() / 4), id -> connection.check(stalledAfter));
    routing.addEndHandler(
        ended -> {
          vertx.cancelTimer(timer);
          atEnd.run();
        });
    return connection;
  }

  void sent() {
    lastSent.set(System.nanoTime());
  }

  private void check(Duration stalledAfter) {
    if (System.nanoTime() - lastSent.get() > stalledAfter.toNanos()) {
      var unused = close();
    }
  }

  /** Waits for it: what would end the answer properly must not overtake it. */
  void cut() {
    var unused = close().awaitUninterruptibly(CLOSING.toMillis());
  }

  /** Past Vert.x, which would first wait until all is taken that was written. */
  private ChannelFuture close() {
    return ((ConnectionBase) routing.request().connection()).channelHandlerContext().close();
  }
}
