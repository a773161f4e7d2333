package relata.system.running;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import relata.local.nats.NatsServer;
import relata.local.postgres.LocalPostgres;
import relata.local.process.ManagedProcess;
import relata.local.stack.Part;
import relata.local.stack.Ports;
import relata.local.stack.ProjectLayout;

/**
 * Some api-services, which ask for keys unless told otherwise, on one database and one broker, and
 * nothing else.
 */
final class ApiReplicas implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);

  private final LocalPostgres postgres = LocalPostgres.startTemporary();
  private final NatsServer nats = NatsServer.startTemporary();
  private final List<ManagedProcess> processes = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();
  private final Path folder;

  private ApiReplicas(Path folder) {
    this.folder = folder;
  }

  /**
   * Starts them and waits until all are ready.
   *
   * @param folder for their logs
   * @param environment of each, besides where its servers are
   */
  static ApiReplicas start(Path folder, int count, Map<String, String> environment) {
    ApiReplicas replicas = new ApiReplicas(folder);
    try {
      for (int i = 0; i < count; i++) {
        replicas.launch(environment);
      }
      replicas.urls.forEach(ApiReplicas::awaitReady);
      return replicas;
    } catch (RuntimeException failed) {
      replicas.close();
      throw failed;
    }
  }

  /** {@code http://127.0.0.1:port} of each. */
  List<String> urls() {
    return List.copyOf(urls);
  }

  /** A new key of the tenant, made by the operator at the first of them. */
  String key(String tenant, String scope) {
    return Operator.newKey(urls.getFirst(), tenant, scope);
  }

  /** SIGKILL. */
  void kill(int index) {
    processes.get(index).kill();
  }

  /** SIGTERM, without waiting for what comes of it. */
  void terminate(int index) {
    ProcessHandle.of(processes.get(index).pid()).orElseThrow().destroy();
  }

  /** Starts one more, the last of the {@link #urls}, and waits for nothing. */
  ManagedProcess launch(Map<String, String> environment) {
    int port = Ports.free();
    Map<String, String> variables = new HashMap<>(Patience.ENVIRONMENT);
    variables.putAll(environment);
    variables.putIfAbsent("QUARKUS_HTTP_HOST", "127.0.0.1");
    variables.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    variables.put("RELATA_DATABASE_URL", postgres.reactiveUrl());
    variables.put("RELATA_DATABASE_PASSWORD", postgres.rolePassword());
    variables.put("RELATA_NATS_URL", nats.url());
    variables.put("RELATA_OPERATOR_FILE", operatorFile().toString());
    List<String> command = ProjectLayout.find().service(Part.API);
    Path log = folder.resolve("api-service-" + (processes.size() + 1) + ".log");
    ManagedProcess process = ManagedProcess.start("api-service", command, variables, log);
    processes.add(process);
    urls.add("http://127.0.0.1:" + port);
    return process;
  }

  private Path operatorFile() {
    try {
      return Operator.file(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static void awaitReady(String url) {
    Awaitility.await()
        .atMost(START_LIMIT)
        .ignoreExceptions()
        .until(() -> RestAssured.get(url + "/q/health/ready").statusCode() == 200);
  }

  @Override
  public void close() {
    processes.forEach(process -> process.stop(STOP_GRACE));
    nats.close();
    postgres.close();
  }
}
