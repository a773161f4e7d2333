package relata.system.running;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Listens where a service is expected, and counts what it is told. */
final class Impostor implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger requests = new AtomicInteger();

  private Impostor(HttpServer server) {
    this.server = server;
  }

  /**
   * @param context empty to speak plainly
   */
  static Impostor listen(int port, Optional<SSLContext> context) throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    HttpServer server;
    if (context.isPresent()) {
      HttpsServer secured = HttpsServer.create(address, 0);
      secured.setHttpsConfigurator(new HttpsConfigurator(context.get()));
      server = secured;
    } else {
      server = HttpServer.create(address, 0);
    }
    Impostor impostor = new Impostor(server);
    server.setExecutor(impostor.threads);
    server.createContext(
        "/",
        exchange -> {
          impostor.requests.incrementAndGet();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    return impostor;
  }

  int requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
