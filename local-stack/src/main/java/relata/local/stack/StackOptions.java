package relata.local.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * How a stack is made. Immutable; each {@code with} method gives a changed copy.
 *
 * @param dataDirectory everything that the stack keeps, and its logs
 * @param apiPort empty for 8080, or a free one if that is taken
 * @param workers number of embedding-workers, 1 to 8
 * @param graphServices number of graph-services, 1 to 8; the API asks the first
 * @param databaseUrl a PostgreSQL that is there already; empty for an embedded one
 * @param databasePassword the password that the service roles get in a database that is there
 *     already
 * @param ollamaUrl a model server that is there already; empty for the local one
 * @param modelRoute from the model server's URL to the one that the workers are given: a test puts
 *     a proxy in between
 * @param environment of the parts, beyond what the stack sets
 * @param heapMebibytes of the parts' JVMs, where it is not to be the usual
 * @param readyLimit how long a part may take until it is ready
 */
public record StackOptions(
    Path dataDirectory,
    OptionalInt apiPort,
    int workers,
    int graphServices,
    Optional<String> databaseUrl,
    String databasePassword,
    Optional<String> ollamaUrl,
    UnaryOperator<String> modelRoute,
    Map<Part, Map<String, String>> environment,
    Map<Part, Integer> heapMebibytes,
    Duration readyLimit) {
  private static final int MOST_REPLICAS = 8;
  private static final Duration READY_LIMIT = Duration.ofSeconds(120);

  public StackOptions {
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    requireReplicas("workers", workers);
    requireReplicas("graphServices", graphServices);
    Map<Part, Map<String, String>> copy = new EnumMap<>(Part.class);
    environment.forEach((part, values) -> copy.put(part, Map.copyOf(values)));
    environment = copy;
    heapMebibytes = Map.copyOf(heapMebibytes);
  }

  /** One of each part, everything local, whatever the environment says. */
  public static StackOptions in(Path dataDirectory) {
    return new StackOptions(
        dataDirectory,
        OptionalInt.empty(),
        1,
        1,
        Optional.empty(),
        "relata",
        Optional.empty(),
        UnaryOperator.identity(),
        Map.of(),
        Map.of(),
        READY_LIMIT);
  }

  /**
   * Also looks at {@code RELATA_DATABASE_URL}, {@code RELATA_DATABASE_PASSWORD}, {@code
   * OLLAMA_URL}.
   */
  public static StackOptions fromEnvironment(
      Path dataDirectory, Map<String, String> environmentVariables) {
    StackOptions options = in(dataDirectory);
    return new StackOptions(
        options.dataDirectory,
        options.apiPort,
        options.workers,
        options.graphServices,
        given(environmentVariables, "RELATA_DATABASE_URL"),
        given(environmentVariables, "RELATA_DATABASE_PASSWORD").orElse(options.databasePassword),
        given(environmentVariables, "OLLAMA_URL"),
        options.modelRoute,
        options.environment,
        options.heapMebibytes,
        options.readyLimit);
  }

  public StackOptions withApiPort(OptionalInt port) {
    return new StackOptions(
        dataDirectory,
        port,
        workers,
        graphServices,
        databaseUrl,
        databasePassword,
        ollamaUrl,
        modelRoute,
        environment,
        heapMebibytes,
        readyLimit);
  }

  public StackOptions withReplicas(int newWorkers, int newGraphServices) {
    return new StackOptions(
        dataDirectory,
        apiPort,
        newWorkers,
        newGraphServices,
        databaseUrl,
        databasePassword,
        ollamaUrl,
        modelRoute,
        environment,
        heapMebibytes,
        readyLimit);
  }

  /** Uses this model server and starts none. */
  public StackOptions withOllamaUrl(String url) {
    return new StackOptions(
        dataDirectory,
        apiPort,
        workers,
        graphServices,
        databaseUrl,
        databasePassword,
        Optional.of(url),
        modelRoute,
        environment,
        heapMebibytes,
        readyLimit);
  }

  /** Puts something between the workers and the model server, see {@link #modelRoute}. */
  public StackOptions withModelRoute(UnaryOperator<String> route) {
    return new StackOptions(
        dataDirectory,
        apiPort,
        workers,
        graphServices,
        databaseUrl,
        databasePassword,
        ollamaUrl,
        route,
        environment,
        heapMebibytes,
        readyLimit);
  }

  /** Adds an environment variable to all replicas of a part. */
  public StackOptions withEnvironment(Part part, String name, String value) {
    Map<Part, Map<String, String>> changed = new HashMap<>(environment);
    Map<String, String> values = new HashMap<>(changed.getOrDefault(part, Map.of()));
    values.put(name, value);
    changed.put(part, values);
    return new StackOptions(
        dataDirectory,
        apiPort,
        workers,
        graphServices,
        databaseUrl,
        databasePassword,
        ollamaUrl,
        modelRoute,
        changed,
        heapMebibytes,
        readyLimit);
  }

  public StackOptions withHeap(Part part, int mebibytes) {
    Map<Part, Integer> changed = new HashMap<>(heapMebibytes);
    changed.put(part, mebibytes);
    return new StackOptions(
        dataDirectory,
        apiPort,
        workers,
        graphServices,
        databaseUrl,
        databasePassword,
        ollamaUrl,
        modelRoute,
        environment,
        changed,
        readyLimit);
  }

  public StackOptions withReadyLimit(Duration limit) {
    return new StackOptions(
        dataDirectory,
        apiPort,
        workers,
        graphServices,
        databaseUrl,
        databasePassword,
        ollamaUrl,
        modelRoute,
        environment,
        heapMebibytes,
        limit);
  }

  int heapOf(Part part) {
    return heapMebibytes.getOrDefault(part, part.heapMebibytes());
  }

  private static Optional<String> given(Map<String, String> variables, String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
  }

  private static void requireReplicas(String name, int count) {
    if (count < 1 || count > MOST_REPLICAS) {
      throw new IllegalArgumentException(
          name + " must be 1 to " + MOST_REPLICAS + ", not " + count);
    }
  }
}
