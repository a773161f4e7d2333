package relata.system.running;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Service as a cluster has it: a new connection goes to one of the replicas that are ready, in
 * turns, and stays with it, also when that one is not asked for more.
 */
final class Balancer implements AutoCloseable {
  private final ServerSocket server;
  private final List<Integer> ready = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Balancer() {
    try {
      server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    threads.execute(this::accept);
  }

  String url() {
    return "http://127.0.0.1:" + server.getLocalPort();
  }

  void add(int port) {
    ready.add(port);
  }

  /** Connections that are there stay. */
  void remove(int port) {
    ready.remove(Integer.valueOf(port));
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        threads.execute(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client) {
      List<Integer> now = List.copyOf(ready);
      int port = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
      try (Socket replica = new Socket(InetAddress.getLoopbackAddress(), port)) {
        threads.execute(() -> pass(replica, client));
        client.getInputStream().transferTo(replica.getOutputStream());
        // The client said all; what is still answered is passed on before both are closed.
        replica.shutdownOutput();
      }
    } catch (IOException | RuntimeException ended) {
      // Whoever waits for an answer sees that the connection is closed.
    }
  }

  private static void pass(Socket replica, Socket client) {
    try (client) {
      replica.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException ended) {
      // As above.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
