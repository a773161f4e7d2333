package relata.local.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import relata.local.client.RelataClient;
import relata.local.model.SyntheticBehaviour;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.stack.StackPart;

/** A stack to measure on, with what is asked of it again and again. */
final class BenchStack implements AutoCloseable {
  /** As the container image runs it, see k8s/base/embedding-worker.yaml. */
  private static final int WORKER_HEAP_MEBIBYTES = 80;

  private static final int TOPICS = 4_096;
  private static final int QUICKENED_MINUTES = 5;

  private final RelataStack stack;
  private final Consumer<String> messages;
  private final RelataClient client;
  private final ModelCounters model;
  private final Features features;
  private final Links links;

  private BenchStack(RelataStack stack, Consumer<String> messages) throws SQLException {
    this.stack = stack;
    this.messages = messages;
    this.client = new RelataClient(stack.url());
    this.model = new ModelCounters(stack.model().orElseThrow().url());
    this.features = new Features(stack.postgres().connect());
    this.links = new Links(stack.postgres().connect());
  }

  static SyntheticBehaviour instantModel() {
    return SyntheticBehaviour.instant(BenchOptions.DIMENSION);
  }

  /**
   * Without graph-service.
   *
   * @param base where its data is, and what else this bench asks of it
   */
  static BenchStack start(StackOptions base, SyntheticBehaviour model, Consumer<String> messages)
      throws SQLException {
    // A search text that waits for long, or with many others, is measured, and not refused.
    StackOptions patient =
        base.withEnvironment(Part.WORKER, "RELATA_QUERY_WAIT_LIMIT", "25s")
            .withEnvironment(Part.WORKER, "RELATA_QUERY_WAITING", "1000");
    return start(patient, 0, model, messages);
  }

  /** With graph-service, and a model to which texts are about {@link #TOPICS} things. */
  static BenchStack startWhole(StackOptions base, int dimension, Consumer<String> messages)
      throws SQLException {
    // As slow as it may be, an answer is measured.
    StackOptions patient =
        base.withEnvironment(Part.API, "QUARKUS_REST_CLIENT_GRAPH_SERVICE_READ_TIMEOUT", "25000");
    return start(patient, 1, SyntheticBehaviour.instant(dimension).withTopics(TOPICS), messages);
  }

  private static BenchStack start(
      StackOptions base, int graphServices, SyntheticBehaviour model, Consumer<String> messages)
      throws SQLException {
    StackOptions options =
        base.withReplicas(1, graphServices)
            .withSyntheticModel(model)
            .withHeap(Part.WORKER, WORKER_HEAP_MEBIBYTES)
            // What the model is asked is counted, and shall all be for documents and searches.
            .withEnvironment(Part.WORKER, "RELATA_CANARY_EVERY", "1h");
    RelataStack stack = RelataStack.start(options, messages);
    try {
      return new BenchStack(stack, messages);
    } catch (SQLException | RuntimeException failed) {
      stack.close();
      throw failed;
    }
  }

  RelataClient client() {
    return client;
  }

  ModelCounters model() {
    return model;
  }

  Features features() {
    return features;
  }

  Links links() {
    return links;
  }

  /** Of a whole stack. */
  StackPart graph() {
    return stack.graphServices().getFirst();
  }

  /** Where graph-services come back from. */
  Path snapshots() {
    return stack.dataDirectory().resolve("snapshots");
  }

  /** Restarts are as those of a stack that has been up before. */
  void quickenStarts() throws InterruptedException {
    try {
      stack.quickenStartsAtOnce().get(QUICKENED_MINUTES, TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IllegalStateException("start caches are not made", failed);
    }
  }

  StackPart worker() {
    return stack.workers().getFirst();
  }

  String natsUrl() {
    return stack.nats().url();
  }

  void say(String message) {
    messages.accept(message);
  }

  /** The client is this one. */
  List<BenchProcess> processes() {
    List<BenchProcess> processes = new ArrayList<>();
    processes.add(BenchProcess.alone("api-service", stack.api().pid()));
    processes.add(BenchProcess.alone("embedding-worker", worker().pid()));
    stack
        .graphServices()
        .forEach(graph -> processes.add(BenchProcess.alone(graph.name(), graph.pid())));
    stack.postgres().pid().ifPresent(pid -> processes.add(new BenchProcess("postgres", pid, true)));
    processes.add(BenchProcess.alone("nats-server", stack.nats().pid()));
    processes.add(BenchProcess.alone("model", stack.model().orElseThrow().pid()));
    processes.add(BenchProcess.alone("client", ProcessHandle.current().pid()));
    return List.copyOf(processes);
  }

  @Override
  public void close() {
    try {
      features.close();
      links.close();
      model.close();
      client.close();
    } finally {
      stack.close();
    }
  }
}
