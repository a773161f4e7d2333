package relata.local.stack;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import relata.local.process.UserLocks;

/** Ports of the loopback interface. */
public final class Ports {
  static final int API_DEFAULT = 8080;

  /**
   * Below the range from which systems take the ports of outgoing connections. A client that keeps
   * trying to reach a stopped server there could otherwise connect to itself and hold the port.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 29_999;
  private static final int TRIES = 200;

  private Ports() {}

  /**
   * The port for the API: the one that was asked for, else 8080, else a free one.
   *
   * @throws StackException if the one that was asked for cannot be had
   */
  static int forApi(OptionalInt asked, Consumer<String> messages) {
    if (asked.isPresent()) {
      requireFree(asked.getAsInt());
      return asked.getAsInt();
    }
    if (isMine(API_DEFAULT)) {
      return API_DEFAULT;
    }
    int free = free();
    messages.accept("Port %d is taken: the API answers on port %d.".formatted(API_DEFAULT, free));
    return free;
  }

  /**
   * One that nobody listens on, and that nobody else is given before this process ends: seconds may
   * pass until a program listens there, and one that is started again does so where it did.
   */
  public static int free() {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      if (isMine(port)) {
        return port;
      }
    }
    throw new StackException("Found no free port between %d and %d.".formatted(LOWEST, HIGHEST));
  }

  private static boolean isMine(int port) {
    return refusal(port) == null && UserLocks.takePort(port);
  }

  private static void requireFree(int port) {
    IOException refusal = refusal(port);
    if (refusal instanceof BindException && refusal.getMessage().contains("in use")) {
      throw new StackException(
          """
          Port %d is taken by another program. End that program, ask for another port with \
          --port, or leave --port out for a free one."""
              .formatted(port));
    }
    if (refusal != null) {
      throw new StackException(
          "Port %d cannot be used: %s. Ask for another one with --port."
              .formatted(port, refusal.getMessage()));
    }
  }

  private static IOException refusal(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return null;
    } catch (IOException refused) {
      return refused;
    }
  }
}
