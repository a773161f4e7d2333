package relata.system.running;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import relata.local.process.ManagedProcess;
import relata.local.stack.Part;
import relata.local.stack.Ports;
import relata.local.stack.ProjectLayout;

/**
 * The replicas of one service behind a {@link Balancer}. They are replaced as a Deployment replaces
 * them: first one more, and when it is ready, one of the old is asked no more and told to stop.
 */
final class Replicas implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration PROBE = Duration.ofSeconds(2);

  /** Their preStop, for which 5 s are needed where proxies hear later than here who is ready. */
  private static final Duration BEFORE_STOP = Duration.ofSeconds(1);

  private final String service;
  private final Map<String, String> environment;
  private final Path logs;
  private final Balancer balancer = new Balancer();
  private final HttpClient probes = HttpClient.newBuilder().connectTimeout(PROBE).build();
  private final Deque<Replica> running = new ArrayDeque<>();
  private int started;

  record Replica(int port, ManagedProcess process) {}

  Replicas(String service, Map<String, String> environment, Path logs) {
    this.service = service;
    this.environment = Map.copyOf(environment);
    this.logs = logs;
  }

  String url() {
    return balancer.url();
  }

  /** One more, of the release that was built in the folder; asked as soon as it is ready. */
  void add(Path release) throws IOException {
    awaitReady(launch(release));
  }

  /** Starts one that is not asked yet. */
  Replica launch(Path release) throws IOException {
    int port = Ports.free();
    List<String> command = new ProjectLayout(release).service(Part.titled(service));
    Map<String, String> own = new HashMap<>(environment);
    own.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    own.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    started++;
    ManagedProcess process =
        ManagedProcess.start(service, command, own, logs.resolve(service + "-" + started + ".log"));
    Replica replica = new Replica(port, process);
    running.add(replica);
    return replica;
  }

  void awaitReady(Replica replica) {
    ManagedProcess process = replica.process();
    Awaitility.await(service + " to be ready; its log: " + process.logFile())
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .failFast(service + " ended", () -> !process.isAlive())
        .until(() -> isReady(replica.port()));
    balancer.add(replica.port());
  }

  /** Replaces all of them, one after the other, by as many of another release. */
  void roll(Path release) throws IOException, InterruptedException {
    for (Replica old : List.copyOf(running)) {
      add(release);
      balancer.remove(old.port());
      Thread.sleep(BEFORE_STOP);
      old.process().stop(LIMIT);
      running.remove(old);
    }
  }

  private boolean isReady(int port) throws InterruptedException {
    try {
      return probes
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                      .timeout(PROBE)
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public String toString() {
    return service;
  }

  @Override
  public void close() throws IOException {
    running.forEach(replica -> replica.process().stop(LIMIT));
    balancer.close();
    probes.shutdownNow();
  }
}
