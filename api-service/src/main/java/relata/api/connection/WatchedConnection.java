package relata.api.connection;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connection of a client that takes a long answer. It is cut if the answer fails, so that a
 * part is not taken for the whole, and if nothing is sent for too long.
 */
public final class WatchedConnection {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final RoutingContext routing;
  private final Runnable atEnd;
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong lastSent = new AtomicLong();
  private volatile boolean hasBegun;
  private volatile long timer;

  private WatchedConnection(RoutingContext routing, Runnable atEnd) {
    this.routing = routing;
    this.atEnd = atEnd;
  }

  /**
   * Watches it until the answer was sent.
   *
   * @param atEnd run once when the answer was sent, or the connection is gone, whichever it is
   */
  public static WatchedConnection watched(
      RoutingContext routing, Duration stalledAfter, Runnable atEnd) {
    WatchedConnection connection = new WatchedConnection(routing, atEnd);
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
  public void sent() {
    lastSent.set(System.nanoTime());
    hasBegun = true;
  }

  /**
   * Waits until the connection's thread has had all that was written. Whether a client is slow
   * shows only then: who writes more quickly, from another thread, has everything in memory before
   * it does.
   */
  public void settle() {
    var unused = context().executor().submit(() -> {}).awaitUninterruptibly(CLOSING.toMillis());
  }

  /** Whether nobody takes anything any more. */
  public boolean isOver() {
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

  /** All is said: what depends on the answer need not wait until the client has the last of it. */
  public void end() {
    if (isOver.compareAndSet(false, true)) {
      var unused = routing.vertx().cancelTimer(timer);
      atEnd.run();
    }
  }

  /** Waits for it: what would end the answer properly must not overtake it. */
  public void cut() {
    var unused = close().awaitUninterruptibly(CLOSING.toMillis());
  }

  /** Past Vert.x, which would first wait until all is taken that was written. */
  private ChannelFuture close() {
    return context().close();
  }

  private ChannelHandlerContext context() {
    return ((ConnectionBase) routing.request().connection()).channelHandlerContext();
  }
}
