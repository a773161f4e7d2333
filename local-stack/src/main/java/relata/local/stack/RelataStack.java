package relata.local.stack;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import relata.local.nats.NatsServer;
import relata.local.postgres.LocalPostgres;
import relata.local.process.DirectoryTree;

/**
 * All of Relata on this machine: PostgreSQL, nats-server, a model server and the three services.
 * Whatever way it ends, also while it is starting, all its processes end with it, in reverse order.
 */
public final class RelataStack implements AutoCloseable {
  private final StackOptions options;
  private final Consumer<String> messages;
  private final ProjectLayout layout;
  private final Teardown teardown = new Teardown();
  private final StackFile stackFile;
  private final Thread onShutdown =
      Thread.ofPlatform().name("stack-teardown").unstarted(this::shutDown);

  private LocalPostgres postgres;
  private NatsServer nats;
  private Optional<StackPart> model = Optional.empty();
  private final List<StackPart> workers = new ArrayList<>();
  private final List<StackPart> graphServices = new ArrayList<>();
  private StackPart api;

  private RelataStack(ProjectLayout layout, StackOptions options, Consumer<String> messages) {
    this.layout = layout;
    this.options = options;
    this.messages = messages;
    this.stackFile = new StackFile(options.dataDirectory());
  }

  /**
   * Starts everything and waits until all parts are ready.
   *
   * @param messages gets a line for each thing that a person may want to know
   * @throws StackException naming the part that does not start; nothing is left running
   */
  public static RelataStack start(StackOptions options, Consumer<String> messages) {
    return start(ProjectLayout.find(), options, messages);
  }

  static RelataStack start(ProjectLayout layout, StackOptions options, Consumer<String> messages) {
    RelataStack stack = new RelataStack(layout, options, messages);
    Runtime.getRuntime().addShutdownHook(stack.onShutdown);
    try {
      stack.open();
      return stack;
    } catch (RuntimeException failed) {
      try {
        stack.close();
      } catch (RuntimeException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
  }

  /** Where the API answers: {@code http://127.0.0.1:port}. */
  public String url() {
    return api.url();
  }

  public Path dataDirectory() {
    return options.dataDirectory();
  }

  public LocalPostgres postgres() {
    return postgres;
  }

  /**
   * Can be stopped, killed, started again on its port, and its store deleted while it is stopped.
   */
  public NatsServer nats() {
    return nats;
  }

  public StackPart api() {
    return api;
  }

  /** At least one. */
  public List<StackPart> workers() {
    return List.copyOf(workers);
  }

  /** The first is the one that the API asks; empty if the options ask for none. */
  public List<StackPart> graphServices() {
    return List.copyOf(graphServices);
  }

  /** Empty if the options name a model server that is there already. */
  public Optional<StackPart> model() {
    return model;
  }

  /** All parts that are processes of the services or the model server. */
  public List<StackPart> parts() {
    List<StackPart> parts = new ArrayList<>();
    model.ifPresent(parts::add);
    parts.addAll(workers);
    parts.addAll(graphServices);
    parts.add(api);
    return List.copyOf(parts);
  }

  /**
   * Makes, in the background, what lets the services start in half the time from then on, until
   * they are built anew. What is there already is left.
   *
   * @return done when there is nothing left to be made, also when it could not be
   */
  public CompletableFuture<Void> quickenStarts() {
    return quickenStarts(false);
  }

  /**
   * The same for who waits for it: a busy machine may leave no time for what is behind all else.
   */
  public CompletableFuture<Void> quickenStartsAtOnce() {
    return quickenStarts(true);
  }

  private CompletableFuture<Void> quickenStarts(boolean awaited) {
    List<Part> services = new ArrayList<>(List.of(Part.API, Part.WORKER));
    if (!graphServices.isEmpty()) {
      services.addFirst(Part.GRAPH);
    }
    return teardown
        .open(
            () ->
                StartTraining.of(
                    layout, services, awaited, dataDirectory().resolve("logs"), messages),
            StartTraining::close)
        .done();
  }

  /** True from the moment that {@link #close} or a shutdown of the JVM began. */
  public boolean isClosing() {
    return teardown.isClosing();
  }

  /** Ends all processes in reverse order. Closing again does nothing. */
  @Override
  public void close() {
    teardown.close();
    try {
      Runtime.getRuntime().removeShutdownHook(onShutdown);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook runs, and finds nothing left to do.
    }
  }

  private void shutDown() {
    messages.accept("Stopping everything.");
    teardown.close();
  }

  private void open() {
    Path data = teardown.open(() -> createData(options.dataDirectory()), this::deleteTemporary);
    teardown.open(() -> DataLock.take(data), DataLock::close);
    stackFile.stopLeftovers();
    Logs.keepOneOlder(data.resolve("logs"));
    teardown.open(() -> stackFile, StackFile::delete);
    int apiPort = Ports.forApi(options.apiPort(), messages);
    options.databaseUrl().ifPresent(LocalPostgres::requireUsable);
    layout.requireBuilt(options.ollamaUrl().isEmpty(), options.graphServices() > 0);

    messages.accept("Starting PostgreSQL and nats-server.");
    postgres = teardown.open(this::openPostgres, LocalPostgres::close);
    nats =
        teardown.open(
            () ->
                NatsServer.start(
                    data.resolve("nats"),
                    Ports.free(),
                    log("nats-server"),
                    options.natsConfiguration()),
            NatsServer::close);
    stackFile.started("nats-server", nats.pid());

    messages.accept("Starting the model server and the services.");
    if (options.ollamaUrl().isEmpty()) {
      model = Optional.of(launch(Part.MODEL, "", Ports.free(), Map.of()));
    }
    String modelUrl = options.ollamaUrl().or(() -> model.map(StackPart::url)).orElseThrow();
    Map<String, String> aliases = options.ollamaUrl().isEmpty() ? localAliases() : Map.of();
    Map<String, String> worker = new HashMap<>(aliases);
    worker.put("OLLAMA_URL", options.modelRoute().apply(modelUrl));
    for (int i = 1; i <= options.workers(); i++) {
      workers.add(launch(Part.WORKER, suffix(i), Ports.free(), worker));
    }
    for (int i = 1; i <= options.graphServices(); i++) {
      String snapshots = data.resolve("snapshots").resolve("graph-service" + suffix(i)).toString();
      graphServices.add(
          launch(Part.GRAPH, suffix(i), Ports.free(), Map.of("RELATA_SNAPSHOT_FOLDER", snapshots)));
    }
    // Without one the API is told an address where nobody answers.
    String graphUrl =
        graphServices.isEmpty()
            ? "http://127.0.0.1:" + Ports.free()
            : graphServices.getFirst().url();
    Map<String, String> gateway = new HashMap<>(aliases);
    gateway.put("RELATA_GRAPH_URL", graphUrl);
    // Nobody but this machine reaches it.
    gateway.put("RELATA_ACCESS_OPEN", "true");
    api = launch(Part.API, "", apiPort, gateway);

    List<StackPart> parts = parts();
    parts.forEach(part -> part.awaitReadyBeside(parts));
    stackFile.ready(api.url(), servers(worker));
    if (options.announced() && !layout.dataFolders().equals(data.getParent())) {
      teardown.open(() -> StackPointer.write(layout.dataFolders(), data), StackPointer::close);
    }
  }

  /** What recipes' aliases stand for at the local model server, unless the options say more. */
  private Map<String, String> localAliases() {
    String writer = options.modelProgram().writer();
    return Map.of("RELATA_ALIASES_DESCRIBER", writer, "RELATA_ALIASES_JUDGE", writer);
  }

  private Map<String, String> servers(Map<String, String> worker) {
    Map<String, String> servers = new HashMap<>(worker);
    options
        .environmentOf(Part.WORKER)
        .forEach(
            (name, value) -> {
              if (name.startsWith(StackOptions.ALIASES)) {
                servers.put(name, value);
              }
            });
    servers.put("RELATA_DATABASE_URL", postgres.reactiveUrl());
    servers.put("RELATA_NATS_URL", nats.url());
    return servers;
  }

  private void deleteTemporary(Path data) {
    if (options.temporaryData()) {
      DirectoryTree.delete(data);
    }
  }

  private static Path createData(Path directory) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new StackException(
          directory + " is no folder: name one for the data with --data, there or to be made.");
    }
    try {
      return DirectoryTree.create(directory);
    } catch (UncheckedIOException failed) {
      throw new StackException(
          "Cannot make the data folder %s (%s): name another with --data."
              .formatted(directory, failed.getCause()),
          failed);
    }
  }

  private LocalPostgres openPostgres() {
    return options
        .databaseUrl()
        .map(url -> LocalPostgres.external(url, options.databasePassword()))
        .orElseGet(
            () ->
                LocalPostgres.start(
                    dataDirectory().resolve("postgres"), Ports.free(), log("postgres")));
  }

  private StackPart launch(Part part, String suffix, int port, Map<String, String> special) {
    String name = part.title() + suffix;
    Map<String, String> environment = new HashMap<>();
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("RELATA_DATABASE_URL", postgres.reactiveUrl());
    environment.put("RELATA_DATABASE_PASSWORD", postgres.rolePassword());
    environment.put("RELATA_NATS_URL", nats.url());
    // As in k8s/base: the C library would keep memory back for each thread.
    environment.put("MALLOC_ARENA_MAX", "2");
    environment.putAll(special);
    environment.putAll(options.environmentOf(part));
    return teardown.open(
        () ->
            new StackPart(
                    part,
                    name,
                    port,
                    () -> command(part, port),
                    environment,
                    log(name),
                    options.readyLimit(),
                    stackFile,
                    teardown)
                .launch(),
        StackPart::stop);
  }

  /** What a restart is started with may have been made since the last one. */
  private List<String> command(Part part, int port) {
    return switch (part) {
      case API, WORKER, GRAPH -> layout.service(part, options.heapOf(part));
      case MODEL -> layout.command(part, options.heapOf(part), port, options.modelProgram());
    };
  }

  private Path log(String name) {
    return dataDirectory().resolve("logs").resolve(name + ".log");
  }

  private static String suffix(int replica) {
    return replica == 1 ? "" : "-" + replica;
  }
}
