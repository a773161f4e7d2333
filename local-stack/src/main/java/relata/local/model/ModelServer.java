package relata.local.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * A model server for one machine that speaks the part of Ollama's HTTP API that Relata uses: real
 * embeddings by {@code all-minilm}, extractive summaries by {@code extract}.
 */
public final class ModelServer implements AutoCloseable {

  static {
    // Without it a small answer waits some 40 ms for the client's delayed acknowledgement.
    setIfAbsent("sun.net.httpserver.nodelay", "true");
    // Seconds for a client to send its request, and from then on until it has its answer: a client
    // that stands still does not keep its place for ever.
    setIfAbsent("sun.net.httpserver.maxReqTime", "60");
    setIfAbsent("sun.net.httpserver.maxRspTime", "900");
  }

  /** Ollama's clients read a version; this one says that it is none of Ollama's. */
  private static final String VERSION = "0.0.0-relata";

  /** How long close waits for answers that are under way. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private static final int BACKLOG = 128;

  private final String host;
  private final HttpServer http;
  private final ExecutorService handlers;
  private final Router router;
  private final ComputePool pool;
  private final Models models;

  private ModelServer(
      String host,
      HttpServer http,
      ExecutorService handlers,
      Router router,
      ComputePool pool,
      Models models) {
    this.host = host;
    this.http = http;
    this.handlers = handlers;
    this.router = router;
    this.pool = pool;
    this.models = models;
  }

  /** Runs until it is terminated; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new ModelServerCommand()).execute(arguments));
  }

  /** Starts with nothing said on the console. */
  public static ModelServer start(ModelServerConfig config) throws IOException {
    return start(config, line -> {});
  }

  /**
   * Starts to listen; models are loaded by their first use.
   *
   * @param log takes a line of {@code key=value} pairs for each request, load and failure; called
   *     from many threads
   * @throws IOException if the address cannot be listened on
   */
  public static ModelServer start(ModelServerConfig config, Consumer<String> log)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(config.host(), config.port()), BACKLOG);
    Clock clock = Clock.systemUTC();
    Models models = new Models(config.keepAlive(), clock, log);
    ComputePool pool = new ComputePool(config.computeThreads(), config.maxPending());
    ExecutorService handlers = Executors.newVirtualThreadPerTaskExecutor();
    http.setExecutor(handlers);
    Router router =
        new Router(
            routes(config, models, pool, clock),
            new Admission(config.maxPending(), config.maxPendingBytes()),
            new JsonBodies(config.maxBodyBytes()),
            log);
    http.createContext("/", router);
    http.start();
    return new ModelServer(config.host(), http, handlers, router, pool, models);
  }

  /** Where it listens, without a slash at the end. */
  public URI url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + http.getAddress().getPort());
  }

  /** Stops to listen, gives answers under way a few seconds, then unloads the models. */
  @Override
  public void close() {
    // The HTTP server's own waiting takes its whole time even when there is nothing to wait for.
    router.drain(DRAIN);
    http.stop(0);
    handlers.shutdownNow();
    handlers.close();
    pool.close();
    models.close();
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Map<String, Router.Route> routes(
      ModelServerConfig config, Models models, ComputePool pool, Clock clock) {
    CatalogEndpoints catalog = new CatalogEndpoints(models, clock.instant());
    return Map.of(
        "/",
        Router.Route.get((body, facts) -> new Reply.Text(200, "Ollama is running")),
        "/api/version",
        Router.Route.get(
            (body, facts) ->
                Reply.ok(JsonNodeFactory.instance.objectNode().put("version", VERSION))),
        "/api/tags",
        Router.Route.get(catalog::tags),
        "/api/ps",
        Router.Route.get(catalog::running),
        "/api/show",
        Router.Route.post(catalog::show),
        "/api/embed",
        Router.Route.post(new EmbedEndpoint(models, pool, config.maxInputs())),
        "/api/generate",
        Router.Route.post(new GenerateEndpoint(models, pool, clock)));
  }
}
