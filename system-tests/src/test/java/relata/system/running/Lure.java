package relata.system.running;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody on this machine who is called by nobody, and writes down who does. */
final class Lure implements AutoCloseable {
  private static final int LIMIT_MILLIS = 5_000;

  private final ServerSocket server;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  Lure() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    Thread.ofVirtual().start(this::listen);
  }

  /** An address that tells by whom it was found. */
  String address(int number) {
    return "http://127.0.0.1:%d/%d".formatted(server.getLocalPort(), number);
  }

  /** The first lines of what was sent, one for each connection. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  private void listen() {
    while (!server.isClosed()) {
      try (Socket caller = server.accept()) {
        int index = calls.size();
        calls.add("a connection");
        caller.setSoTimeout(LIMIT_MILLIS);
        String line =
            new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII)).readLine();
        calls.set(index, String.valueOf(line));
        caller.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII));
      } catch (IOException closed) {
        // By the other side, or by the test.
      }
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
