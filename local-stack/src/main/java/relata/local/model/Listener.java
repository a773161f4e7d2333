package relata.local.model;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where a model server listens, with a virtual thread for each request. */
final class Listener implements AutoCloseable {

  static {
    // Without it a small answer waits some 40 ms for the client's delayed acknowledgement.
    setIfAbsent("sun.net.httpserver.nodelay", "true");
    // Seconds for a client to send its request, and from then on until it has its answer: a client
    // that stands still does not keep its place for ever.
    setIfAbsent("sun.net.httpserver.maxReqTime", "60");
    setIfAbsent("sun.net.httpserver.maxRspTime", "900");
  }

  /** How long close waits for answers that are under way. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final int BACKLOG = 128;

  private final String host;
  private final HttpServer http;
  private final ExecutorService handlers;
  private final Router router;

  private Listener(String host, HttpServer http, ExecutorService handlers, Router router) {
    this.host = host;
    this.http = http;
    this.handlers = handlers;
    this.router = router;
  }

  /**
   * @param port 0 for a free one
   * @throws IOException if the address cannot be listened on
   */
  static Listener start(String host, int port, Router router) throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(handlers);
    http.createContext("/", router);
    http.start();
    return new Listener(host, http, handlers, router);
  }

  /** Without a slash at the end. */
  URI url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + http.getAddress().getPort());
  }

  /** Stops to listen and gives answers under way a few seconds. */
  @Override
  public void close() {
    // The HTTP server's own waiting takes its whole time even when there is nothing to wait for.
    router.drain(DRAIN);
    http.stop(0);
    handlers.shutdownNow();
    handlers.close();
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
