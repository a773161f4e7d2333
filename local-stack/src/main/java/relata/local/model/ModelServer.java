package relata.local.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * A model server for one machine that speaks the part of Ollama's HTTP API that Relata uses: real
 * embeddings by {@code all-minilm}, extractive summaries by {@code extract}.
 */
public final class ModelServer implements AutoCloseable {

  /** Ollama's clients read a version; this one says that it is none of Ollama's. */
  private static final String VERSION = "0.0.0-relata";

  private final Listener listener;
  private final ComputePool pool;
  private final Models models;

  private ModelServer(Listener listener, ComputePool pool, Models models) {
    this.listener = listener;
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
    Clock clock = Clock.systemUTC();
    Models models = new Models(config.keepAlive(), clock, log);
    Models.Entry<MiniLm> miniLm =
        models.add(ModelDescription.miniLm(), MiniLmFiles::load, MiniLm::close);
    Models.Entry<ExtractiveSummary> summary =
        models.add(ModelDescription.extract(), ExtractiveSummary::new, model -> {});
    ComputePool pool = new ComputePool(config.computeThreads(), config.maxPending());
    Router router =
        new Router(
            routes(
                new CatalogEndpoints(models, clock.instant()),
                new EmbedEndpoint(models, miniLm.slot(), pool, config.maxInputs()),
                new GenerateEndpoint(models, summary.slot(), pool, clock)),
            new Admission(config.maxPending(), config.maxPendingBytes()),
            new JsonBodies(config.maxBodyBytes()),
            log);
    return new ModelServer(Listener.start(config.host(), config.port(), router), pool, models);
  }

  /** Where it listens, without a slash at the end. */
  public URI url() {
    return listener.url();
  }

  /** Stops to listen, gives answers under way a few seconds, then unloads the models. */
  @Override
  public void close() {
    listener.close();
    pool.close();
    models.close();
  }

  /** The paths of Ollama's API. */
  static Map<String, Router.Route> routes(
      CatalogEndpoints catalog, Endpoint embed, Endpoint generate) {
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
        Router.Route.post(embed),
        "/api/generate",
        Router.Route.post(generate));
  }
}
