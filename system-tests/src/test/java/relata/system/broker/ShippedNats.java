package relata.system.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.contracts.BrokerUsers;
import relata.local.nats.NatsServer;
import relata.system.Project;

/**
 * The configuration of {@code k8s/components/nats}, laid out as the StatefulSet mounts it, with
 * passwords that were made up just now.
 *
 * @param file what nats-server is started with
 * @param passwords by user
 */
public record ShippedNats(Path file, Map<String, String> passwords) {
  /**
   * About the disk alone: the folder is the test's, and Debian's server does not know the other.
   */
  private static final Map<String, String> INSTEAD =
      Map.of("store_dir: /data", "store_dir: $NATS_STORE", "sync_interval: always", "");

  public ShippedNats {
    passwords = Map.copyOf(passwords);
  }

  /** Writes it. */
  public static ShippedNats in(Path folder) throws IOException {
    Path shipped = Project.root().resolve("k8s/components/nats");
    Path configuration = Files.createDirectories(folder.resolve("nats"));
    String main = Files.readString(shipped.resolve("nats.conf"));
    for (Map.Entry<String, String> line : INSTEAD.entrySet()) {
      if (!main.contains(line.getKey())) {
        throw new IllegalStateException("nats.conf no longer says " + line.getKey());
      }
      main = main.replace(line.getKey(), line.getValue());
    }
    Path file = configuration.resolve("nats.conf");
    Files.writeString(file, main);
    Files.copy(shipped.resolve("users.conf"), configuration.resolve("users.conf"));
    Map<String, String> passwords =
        List.of(BrokerUsers.API_SERVICE, BrokerUsers.EMBEDDING_WORKER, BrokerUsers.GRAPH_SERVICE)
            .stream()
            .collect(Collectors.toMap(user -> user, user -> UUID.randomUUID().toString()));
    Path secret = Files.createDirectories(folder.resolve("nats-passwords"));
    Files.write(
        secret.resolve("passwords.conf"),
        passwords.entrySet().stream()
            .map(each -> "%s: \"%s\"".formatted(each.getKey().replace('-', '_'), each.getValue()))
            .toList());
    return new ShippedNats(file, passwords);
  }

  /**
   * Writes what whoever runs NATS has to add for TLS, and gives the file to start it with. The
   * certificate is read again on SIGHUP.
   */
  public Path secured(Path certificate, Path key) throws IOException {
    Path secured = file.resolveSibling("secured.conf");
    Files.writeString(
        secured,
        """
        include nats.conf
        tls { cert_file: "%s", key_file: "%s" }
        """
            .formatted(certificate, key));
    return secured;
  }

  public String passwordOf(String user) {
    return passwords.get(user);
  }

  /** What users lacked and went on without; the server calls it a violation. */
  public static List<String> refused(NatsServer server) {
    try (Stream<String> lines = Files.lines(server.logFile())) {
      return lines.filter(line -> line.contains("Violation")).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
