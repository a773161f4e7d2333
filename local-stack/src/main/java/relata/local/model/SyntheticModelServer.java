package relata.local.model;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine;

/**
 * A model server without a model, for measuring everything around one. It speaks Ollama's API as
 * {@link ModelServer} does; its vectors are a cheap pure function of the text and mean nothing, and
 * how long and how well it answers is said beforehand. {@code GET /counters} tells what it was
 * asked ({@link SyntheticCounters.Counts}).
 */
public final class SyntheticModelServer implements AutoCloseable {

  private static final int MAX_PENDING = 1_024;
  private static final int MAX_BODY_BYTES = 8 << 20;
  private static final int MAX_PENDING_BYTES = 64 << 20;
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

  private final Listener listener;
  private final Models models;

  private SyntheticModelServer(Listener listener, Models models) {
    this.listener = listener;
    this.models = models;
  }

  /** Runs until it is terminated; {@code --help} lists the options. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new SyntheticModelCommand()).execute(arguments));
  }

  /**
   * Starts to listen.
   *
   * @param port 0 for a free one
   * @param log as {@link ModelServer#start(ModelServerConfig, Consumer)}
   * @throws IOException if the port cannot be listened on
   */
  public static SyntheticModelServer start(
      int port, SyntheticBehaviour behaviour, Consumer<String> log) throws IOException {
    Clock clock = Clock.systemUTC();
    Models models = new Models(KEEP_ALIVE, clock, log);
    var embedder =
        models.add(
            ModelDescription.synthetic("all-minilm:latest", "embedding", behaviour.dimension()),
            () -> new SyntheticVectors(behaviour.dimension(), behaviour.topics()),
            vectors -> {});
    var describer =
        models.add(
            ModelDescription.synthetic("llama3.2:latest", "completion", 0),
            Object::new,
            model -> {});
    SyntheticCounters counters = new SyntheticCounters();
    SyntheticCalls calls = new SyntheticCalls(behaviour, counters);
    Map<String, Router.Route> routes =
        new HashMap<>(
            ModelServer.routes(
                new CatalogEndpoints(models, clock.instant()),
                new SyntheticEmbedEndpoint(models, embedder.slot(), calls),
                new SyntheticGenerateEndpoint(models, describer.slot(), calls, clock)));
    routes.put("/counters", Router.Route.get((body, facts) -> Reply.ok(counters.counts())));
    Router router =
        new Router(
            routes,
            new Admission(MAX_PENDING, MAX_PENDING_BYTES),
            new JsonBodies(MAX_BODY_BYTES),
            log);
    return new SyntheticModelServer(Listener.start("127.0.0.1", port, router), models);
  }

  /** Where it listens, without a slash at the end. */
  public URI url() {
    return listener.url();
  }

  @Override
  public void close() {
    listener.close();
    models.close();
  }
}
