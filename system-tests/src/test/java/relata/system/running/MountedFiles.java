package relata.system.running;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import relata.contracts.BrokerUsers;
import relata.local.testing.Certificates;

/**
 * The certificates and authorities of a {@link SecuredStack} as its processes find them in files,
 * and whether they have read them again, which their logs say.
 */
final class MountedFiles {
  /** Those that show a certificate to each other. */
  private static final List<String> NAMED = List.of(SecuredStack.GRAPH, BrokerUsers.API_SERVICE);

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Path folder;

  private MountedFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * All of one authority.
   *
   * @param folder with the log of each service
   */
  static MountedFiles make(Path folder, Certificates authority) throws IOException {
    MountedFiles files = new MountedFiles(folder);
    replace(authority.certificate(), files.believed());
    for (String process : List.of("postgres", "nats", SecuredStack.GRAPH)) {
      authority.issue(process, SecuredStack.NAME).mount(files.of(process));
    }
    authority
        .issue(BrokerUsers.API_SERVICE, BrokerUsers.API_SERVICE)
        .mount(files.of(BrokerUsers.API_SERVICE));
    return files;
  }

  /** The folder of a process, by its name. */
  Path of(String process) {
    return folder.resolve("mounted").resolve(process);
  }

  /** The authorities of PostgreSQL and NATS. */
  Path believed() {
    return of("believed").resolve("ca.crt");
  }

  /** Has all services believe these authorities and no others, as soon as they have read it. */
  void believe(Path authorities) throws IOException {
    Map<String, Long> before = new HashMap<>();
    SecuredStack.SERVICES.forEach(
        service -> List.of("database", "nats").forEach(name -> note(before, service, name)));
    NAMED.forEach(service -> note(before, service, "services"));
    replace(authorities, believed());
    for (String service : NAMED) {
      new Certificates.Pair(
              of(service).resolve("tls.crt"), of(service).resolve("tls.key"), authorities)
          .mount(of(service));
    }
    awaitMore(before);
  }

  /** Gives a process another certificate. A service uses it afterwards, another must be told. */
  void show(String process, Certificates.Pair pair) throws IOException {
    Map<String, Long> before = new HashMap<>();
    if (NAMED.contains(process)) {
      note(before, process, "services");
    }
    pair.mount(of(process));
    awaitMore(before);
  }

  private void note(Map<String, Long> counts, String service, String name) {
    counts.put(service + " " + name, timesReplaced(service, name));
  }

  private void awaitMore(Map<String, Long> before) {
    before.forEach(
        (each, count) -> {
          String[] serviceAndName = each.split(" ", 2);
          Awaitility.await(each + " to be read again")
              .atMost(LIMIT)
              .until(() -> timesReplaced(serviceAndName[0], serviceAndName[1]) > count);
        });
  }

  private long timesReplaced(String service, String name) {
    try (Stream<String> lines = Files.lines(folder.resolve(service + ".log"))) {
      return lines.filter(line -> line.endsWith("TLS files replaced name=" + name)).count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void replace(Path with, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path copy =
        Files.copy(with, Files.createTempFile(file.getParent(), "ca", ".crt"), REPLACE_EXISTING);
    Files.move(copy, file, ATOMIC_MOVE);
  }
}
