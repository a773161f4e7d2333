package relata.local.opensearch;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.local.process.DirectoryTree;
import relata.local.process.ManagedProcess;
import relata.local.stack.Ports;
import relata.local.stack.ProjectLayout;

/**
 * A cluster of two nodes, each a process of its own: the first manages it, and both keep data. The
 * second may be lost; without the first there is no cluster, as with any two nodes.
 */
public final class OpenSearchCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String MANAGER = "first";
  private static final String MAIN = "relata.opensearch.OpenSearchNode";

  private final Path folder = DirectoryTree.temporary("relata-opensearch-");
  private final HttpClient http = HttpClient.newHttpClient();
  private final int managerPort = Ports.free();
  private final List<Node> nodes = new ArrayList<>();

  private record Node(URI url, List<String> command, Path logFile) {
    ManagedProcess start() {
      return ManagedProcess.start("opensearch", command, Map.of(), logFile);
    }
  }

  private final List<ManagedProcess> processes = new ArrayList<>();

  private OpenSearchCluster() {
    add(MANAGER, "cluster_manager,data", managerPort);
    add("second", "data", Ports.free());
  }

  /**
   * Starts one that leaves nothing behind when it is closed.
   *
   * @throws IllegalStateException with the end of a node's log if it does not start
   */
  public static OpenSearchCluster start() {
    OpenSearchCluster cluster = new OpenSearchCluster();
    try {
      cluster.nodes.forEach(node -> cluster.processes.add(node.start()));
      cluster.awaitNodes(cluster.nodes.size());
      return cluster;
    } catch (RuntimeException failed) {
      cluster.close();
      throw failed;
    }
  }

  private void add(String name, String roles, int port) {
    int httpPort = Ports.free();
    Path home = ProjectLayout.find().root().resolve("opensearch-node/target");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            String.join(
                File.pathSeparator,
                home.resolve("classes").toString(),
                home.resolve("lib") + "/*",
                home.resolve("knn") + "/*"),
            MAIN,
            name,
            roles,
            Integer.toString(httpPort),
            Integer.toString(port),
            MANAGER,
            Integer.toString(managerPort),
            folder.resolve(name).toString());
    nodes.add(
        new Node(
            URI.create("http://127.0.0.1:" + httpPort), command, folder.resolve(name + ".log")));
  }

  /** Of all nodes, separated by commas, the one that may be lost first. */
  public String urls() {
    return nodes.reversed().stream()
        .map(node -> node.url().toString())
        .reduce((one, other) -> one + "," + other)
        .orElseThrow();
  }

  /** The node that manages the cluster. */
  public URI manager() {
    return nodes.getFirst().url();
  }

  /** Ends the second node as a crash does. */
  public void loseSecond() {
    processes.getLast().kill();
  }

  /** Ends both as a crash does. */
  public void loseAll() {
    processes.reversed().forEach(ManagedProcess::kill);
  }

  /** Starts again what has ended, with the data that it had, and waits for all. */
  public void restart() {
    for (int i = 0; i < nodes.size(); i++) {
      if (!processes.get(i).isAlive()) {
        processes.set(i, nodes.get(i).start());
      }
    }
    awaitNodes(nodes.size());
  }

  @Override
  public void close() {
    processes.reversed().forEach(process -> process.stop(STOP_GRACE));
    http.shutdownNow();
    DirectoryTree.delete(folder);
  }

  private void awaitNodes(int count) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!answers(count)) {
      for (ManagedProcess process : processes) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(
              "OpenSearch does not start:%n%s".formatted(process.logTail(20)));
        }
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while OpenSearch was starting.");
      }
    }
  }

  private boolean answers(int count) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(manager().resolve("/_cluster/health"))
              .timeout(Duration.ofSeconds(5))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200
          && answer.body().contains("\"number_of_nodes\":" + count + ",");
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while OpenSearch was starting.");
    }
  }
}
