package relata.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import relata.local.model.SyntheticBehaviour;

/** How a stack is made. Seen from outside it never changes: each {@code with} gives a copy. */
public final class StackOptions {
  /** How the variables begin that say which models recipes' aliases stand for. */
  static final String ALIASES = "RELATA_ALIASES_";

  private static final int MOST_REPLICAS = 8;

  private final Path dataDirectory;
  private boolean temporaryData;
  private boolean announced;
  private OptionalInt apiPort = OptionalInt.empty();
  private int workers = 1;
  private int graphServices = 1;
  private Optional<String> databaseUrl = Optional.empty();
  private String databasePassword = "relata";
  private Optional<Path> natsConfiguration = Optional.empty();
  private Optional<String> ollamaUrl = Optional.empty();
  private ModelProgram modelProgram = new ModelProgram.Real();
  private UnaryOperator<String> modelRoute = UnaryOperator.identity();
  private Map<Part, Map<String, String>> environment = Map.of();
  private Map<Part, Integer> heapMebibytes = Map.of();
  private Duration readyLimit = Duration.ofSeconds(120);

  private StackOptions(Path dataDirectory) {
    this.dataDirectory = dataDirectory.toAbsolutePath().normalize();
  }

  private StackOptions(StackOptions other) {
    dataDirectory = other.dataDirectory;
    temporaryData = other.temporaryData;
    announced = other.announced;
    apiPort = other.apiPort;
    workers = other.workers;
    graphServices = other.graphServices;
    databaseUrl = other.databaseUrl;
    databasePassword = other.databasePassword;
    natsConfiguration = other.natsConfiguration;
    ollamaUrl = other.ollamaUrl;
    modelProgram = other.modelProgram;
    modelRoute = other.modelRoute;
    environment = other.environment;
    heapMebibytes = other.heapMebibytes;
    readyLimit = other.readyLimit;
  }

  /** One of each part, everything local, whatever the environment says. */
  public static StackOptions in(Path dataDirectory) {
    return new StackOptions(dataDirectory);
  }

  /**
   * Also looks at {@code RELATA_DATABASE_URL} and {@code OLLAMA_URL}, which name servers that are
   * there already, at {@code RELATA_DATABASE_PASSWORD}, which the service roles get there, and at
   * {@code RELATA_ALIASES_…}, which api-service and the workers must both be given.
   */
  public static StackOptions fromEnvironment(Path dataDirectory, Map<String, String> variables) {
    StackOptions options = new StackOptions(dataDirectory);
    options.databaseUrl = given(variables, "RELATA_DATABASE_URL");
    options.ollamaUrl = given(variables, "OLLAMA_URL");
    given(variables, "RELATA_DATABASE_PASSWORD")
        .ifPresent(password -> options.databasePassword = password);
    Map<String, String> aliases = new HashMap<>();
    variables.forEach(
        (name, value) -> {
          if (name.startsWith(ALIASES) && !value.isBlank()) {
            aliases.put(name, value);
          }
        });
    options.environment = Map.of(Part.API, Map.copyOf(aliases), Part.WORKER, Map.copyOf(aliases));
    return options;
  }

  /** The data folder is deleted with all that is in it when the stack ends, whatever way. */
  public StackOptions withTemporaryData() {
    StackOptions changed = new StackOptions(this);
    changed.temporaryData = true;
    return changed;
  }

  /** The project's other commands find the stack, also when its data folder lies elsewhere. */
  public StackOptions withAnnouncement() {
    StackOptions changed = new StackOptions(this);
    changed.announced = true;
    return changed;
  }

  /** Empty: 8080, or a free one if that is taken. */
  public StackOptions withApiPort(OptionalInt port) {
    StackOptions changed = new StackOptions(this);
    changed.apiPort = port;
    return changed;
  }

  /**
   * 1 to 8 workers and 0 to 8 graph-services, of which the API asks the first; with none, features
   * are made and nothing is linked or found.
   */
  public StackOptions withReplicas(int newWorkers, int newGraphServices) {
    StackOptions changed = new StackOptions(this);
    changed.workers = requireReplicas("workers", newWorkers, 1);
    changed.graphServices = requireReplicas("graph-services", newGraphServices, 0);
    return changed;
  }

  /**
   * Starts nats-server as this file of its own says; without, it lets everybody do everything. What
   * a service has to know to get in is the environment of its part.
   */
  public StackOptions withNatsConfiguration(Path file) {
    StackOptions changed = new StackOptions(this);
    changed.natsConfiguration = Optional.of(file);
    return changed;
  }

  /** Uses this model server and starts none. */
  public StackOptions withOllamaUrl(String url) {
    StackOptions changed = new StackOptions(this);
    changed.ollamaUrl = Optional.of(url);
    return changed;
  }

  /** Uses a model server that answers without a model, for measuring what is around one. */
  public StackOptions withSyntheticModel(SyntheticBehaviour behaviour) {
    StackOptions changed = new StackOptions(this);
    changed.modelProgram = new ModelProgram.Synthetic(behaviour);
    return changed;
  }

  /**
   * Puts something between the workers and the model server.
   *
   * @param route from the model server's URL to the one that the workers are given
   */
  public StackOptions withModelRoute(UnaryOperator<String> route) {
    StackOptions changed = new StackOptions(this);
    changed.modelRoute = route;
    return changed;
  }

  /** Adds an environment variable to all replicas of a part. */
  public StackOptions withEnvironment(Part part, String name, String value) {
    Map<String, String> values = new HashMap<>(environmentOf(part));
    values.put(name, value);
    StackOptions changed = new StackOptions(this);
    changed.environment = with(environment, part, Map.copyOf(values));
    return changed;
  }

  /** The most memory that a part's JVM takes for its heap. */
  public StackOptions withHeap(Part part, int mebibytes) {
    StackOptions changed = new StackOptions(this);
    changed.heapMebibytes = with(heapMebibytes, part, mebibytes);
    return changed;
  }

  /** How long a part may take until it is ready; 120 s if nothing else is said. */
  public StackOptions withReadyLimit(Duration limit) {
    StackOptions changed = new StackOptions(this);
    changed.readyLimit = limit;
    return changed;
  }

  Path dataDirectory() {
    return dataDirectory;
  }

  boolean temporaryData() {
    return temporaryData;
  }

  boolean announced() {
    return announced;
  }

  OptionalInt apiPort() {
    return apiPort;
  }

  int workers() {
    return workers;
  }

  int graphServices() {
    return graphServices;
  }

  Optional<String> databaseUrl() {
    return databaseUrl;
  }

  String databasePassword() {
    return databasePassword;
  }

  Optional<Path> natsConfiguration() {
    return natsConfiguration;
  }

  Optional<String> ollamaUrl() {
    return ollamaUrl;
  }

  ModelProgram modelProgram() {
    return modelProgram;
  }

  UnaryOperator<String> modelRoute() {
    return modelRoute;
  }

  Map<String, String> environmentOf(Part part) {
    return environment.getOrDefault(part, Map.of());
  }

  int heapOf(Part part) {
    return heapMebibytes.getOrDefault(part, part.heapMebibytes());
  }

  Duration readyLimit() {
    return readyLimit;
  }

  private static <V> Map<Part, V> with(Map<Part, V> map, Part part, V value) {
    Map<Part, V> changed = new HashMap<>(map);
    changed.put(part, value);
    return Map.copyOf(changed);
  }

  private static Optional<String> given(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private static int requireReplicas(String name, int count, int least) {
    if (count < least || count > MOST_REPLICAS) {
      throw new IllegalArgumentException(
          "There can be %d to %d %s, not %d.".formatted(least, MOST_REPLICAS, name, count));
    }
    return count;
  }
}
