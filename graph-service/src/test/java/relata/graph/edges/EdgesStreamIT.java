package relata.graph.edges;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.nats.client.Connection;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.contracts.Streams;
import relata.graph.broker.Broker;
import relata.graph.broker.NatsConfig;
import relata.local.nats.NatsServer;
import relata.local.testing.Patiently;
import relata.tls.PeerTls;

/** The stream of edges has as many copies as are configured. */
final class EdgesStreamIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final List<NatsServer> servers = new ArrayList<>();
  private Broker broker;

  @AfterEach
  void stop() {
    broker.close();
    servers.forEach(NatsServer::close);
  }

  @Test
  void hasOneOnASingleServer() throws Exception {
    servers.add(NatsServer.start(folder));
    publisher(1);
    awaitCopies(1);
  }

  @Test
  void hasThreeInAClusterAlsoIfItHadOne() throws Exception {
    startCluster();
    publisher(1);
    awaitCopies(1);

    broker.close();
    publisher(3);
    awaitCopies(3);
  }

  private void publisher(int replicas) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .withMapping(NatsConfig.class)
            .withMapping(EdgesConfig.class)
            .addDiscoveredConverters()
            .withDefaultValue("relata.nats.url", servers.getFirst().url())
            .withDefaultValue("relata.edges.stream-replicas", Integer.toString(replicas))
            .build();
    broker = new Broker(config.getConfigMapping(NatsConfig.class), PeerTls.none());
    var _ = new EdgesChangedPublisher(broker, config.getConfigMapping(EdgesConfig.class));
    broker.start();
  }

  private void awaitCopies(int expected) throws Exception {
    try (Connection nats = Patiently.connect(servers.getLast().url())) {
      await()
          .atMost(LIMIT)
          .ignoreExceptions()
          .untilAsserted(
              () ->
                  assertEquals(
                      expected,
                      nats.jetStreamManagement()
                          .getStreamInfo(Streams.EDGES)
                          .getConfiguration()
                          .getReplicas()));
    }
  }

  /** Three servers that know each other; the publisher's next try waits for their leader. */
  private void startCluster() throws IOException {
    List<Integer> ports = freePorts();
    String routes =
        ports.stream()
            .map(port -> "nats://127.0.0.1:" + port)
            .collect(Collectors.joining(", ", "[", "]"));
    for (int port : ports) {
      Path home = Files.createDirectory(folder.resolve("nats-" + port));
      Path file =
          Files.writeString(
              home.resolve("nats.conf"),
              """
              server_name: nats-%1$d
              jetstream { store_dir: $NATS_STORE }
              cluster { name: test, listen: "127.0.0.1:%1$d", routes: %2$s }
              """
                  .formatted(port, routes));
      servers.add(NatsServer.start(home, 0, home.resolve("nats.log"), Optional.of(file)));
    }
  }

  private static List<Integer> freePorts() throws IOException {
    try (ServerSocket a = listening();
        ServerSocket b = listening();
        ServerSocket c = listening()) {
      return List.of(a.getLocalPort(), b.getLocalPort(), c.getLocalPort());
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }
}
