package relata.api.export;

import io.netty.channel.ChannelFuture;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connection of a client that takes an export. It is cut if the export fails, so that a part is
 * not taken for the whole, and if nothing is sent for too long.
 */
final class ExportConnection {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final RoutingContext routing;
  private final Runnable atEnd;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong lastSent = new AtomicLong();
  private volatile boolean hasBegun;
  private volatile long timer;

  private ExportConnection(RoutingContext routing, Runnable atEnd) {
    this.routing = routing;
    this.atEnd = atEnd;
  }

  /**
   * @param atEnd run once when the answer was sent, or the connection is gone, whichever it is
   */
  static ExportConnection watched(RoutingContext routing, Duration stalledAfter, Runnable atEnd) {
    ExportConnection connection = new ExportConnection(routing, atEnd);
    connection.timer =
        routing
            .vertx()
            .setPeriodic(
                Math.max(1, stalledAfter.toMillis() / 4), id -> connection.check(stalledAfter));
    routing.addEndHandler(ended -> connection.end());
    connection.endIfGone();
    return connection;
  }

  /** Something was sent; from the first time on it counts for how long nothing is. */
  void sent() {
    lastSent.set(System.nanoTime());
    hasBegun = true;
  }

  /** Whether nobody takes anything any more. */
  boolean isOver() {
    return isOver.get();
  }

  private void check(Duration stalledAfter) {
    endIfGone();
    if (hasBegun && System.nanoTime() - lastSent.get() > stalledAfter.toNanos()) {
      var unused = close();
    }
  }

  /** Of a connection that was closed before anybody listened, no end is told. */
  private void endIfGone() {
    if (routing.response().closed()) {
      end();
    }
  }

  private void end() {
    if (isOver.compareAndSet(false, true)) {
      var unused = routing.vertx().cancelTimer(timer);
      atEnd.run();
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
