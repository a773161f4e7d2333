package relata.system.running;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import relata.contracts.BrokerUsers;
import relata.local.model.SyntheticBehaviour;
import relata.local.model.SyntheticModelServer;
import relata.local.nats.NatsServer;
import relata.local.postgres.LocalPostgres;
import relata.local.process.ManagedProcess;
import relata.local.stack.Part;
import relata.local.stack.Ports;
import relata.local.stack.ProjectLayout;
import relata.local.testing.Certificates;
import relata.system.broker.ShippedNats;

/** The three services in their profile {@code tls}, as {@code k8s/components/tls} runs them. */
final class SecuredStack implements AutoCloseable {
  /** Of PostgreSQL and NATS, and how graph-service is called here. */
  static final String NAME = "localhost";

  static final String GRAPH = BrokerUsers.GRAPH_SERVICE;

  static final List<String> SERVICES =
      List.of(GRAPH, BrokerUsers.EMBEDDING_WORKER, BrokerUsers.API_SERVICE);

  private static final Pattern WARNING = Pattern.compile("\\b(WARN|ERROR)\\b");
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private final Path folder;
  private final Certificates authority;
  private final Map<String, String> settings;
  private final MountedFiles files;
  private final LocalPostgres postgres;
  private final NatsServer nats;
  private final SyntheticModelServer model;
  private final ShippedNats users;
  private final Map<String, Integer> ports = new HashMap<>();
  private final Map<String, ManagedProcess> services = new HashMap<>();

  private SecuredStack(Path folder, Certificates authority, Map<String, String> settings)
      throws IOException, SQLException {
    this.folder = folder;
    this.authority = authority;
    this.settings = settings;
    files = MountedFiles.make(folder, authority);
    model = SyntheticModelServer.start(0, SyntheticBehaviour.instant(64).withTopics(1), _ -> {});
    postgres = LocalPostgres.startTemporary();
    users = ShippedNats.in(folder.resolve("broker"));
    Path secured =
        users.secured(files.of("nats").resolve("tls.crt"), files.of("nats").resolve("tls.key"));
    nats =
        NatsServer.start(
            folder.resolve("nats"), Ports.free(), folder.resolve("nats.log"), Optional.of(secured));
    postgres(
        "alter system set ssl_cert_file = '%s'".formatted(files.of("postgres").resolve("tls.crt")));
    postgres(
        "alter system set ssl_key_file = '%s'".formatted(files.of("postgres").resolve("tls.key")));
    showCertificateOfPostgres(true);
  }

  static SecuredStack start(Path folder, Certificates authority) throws Exception {
    return start(folder, authority, Map.of());
  }

  /**
   * @param settings more variables of every service's environment
   */
  static SecuredStack start(Path folder, Certificates authority, Map<String, String> settings)
      throws Exception {
    SecuredStack stack = new SecuredStack(folder, authority, settings);
    try {
      for (String service : SERVICES) {
        stack.ports.put(service, Ports.free());
      }
      for (String service : SERVICES) {
        stack.launch(service);
      }
      stack.awaitReady();
      return stack;
    } catch (Exception failed) {
      stack.close();
      throw failed;
    }
  }

  String url() {
    return "http://127.0.0.1:" + ports.get(BrokerUsers.API_SERVICE);
  }

  int port(String service) {
    return ports.get(service);
  }

  int graphPort() {
    return port(GRAPH);
  }

  /** Whom each process believes, and who it says it is. */
  MountedFiles files() {
    return files;
  }

  NatsServer nats() {
    return nats;
  }

  void launch(String service) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("QUARKUS_PROFILE", "prod,tls");
    environment.put("RELATA_CA_FILE", files.believed().toString());
    environment.put("RELATA_TLS_FOLDER", files.of(service).toString());
    environment.put("RELATA_TLS_RELOAD_PERIOD", "1S");
    // By its name in the certificate, over loopback.
    environment.put("RELATA_DATABASE_URL", postgres.reactiveUrl().replace("127.0.0.1", NAME));
    environment.put("RELATA_DATABASE_PASSWORD", postgres.rolePassword());
    environment.put("RELATA_NATS_URL", "tls://%s:%d".formatted(NAME, nats.port()));
    environment.put("RELATA_NATS_PASSWORD", users.passwordOf(service));
    environment.put("RELATA_GRAPH_URL", "https://%s:%d".formatted(NAME, graphPort()));
    environment.put("RELATA_ACCESS_OPEN", "true");
    environment.put("RELATA_SWEEP_EVERY", "5s");
    environment.put("RELATA_SWEEP_INTERVAL", "5s");
    environment.put("OLLAMA_URL", model.url().toString());
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.get(service)));
    List<String> command = ProjectLayout.find().service(Part.titled(service));
    services.put(
        service,
        ManagedProcess.start(service, command, environment, folder.resolve(service + ".log")));
  }

  void stop(String service) {
    services.get(service).stop(Duration.ofSeconds(20));
  }

  void awaitReady() {
    awaitReady(authority);
  }

  /** Asks as somebody who believes this authority alone. */
  void awaitReady(Certificates believed) {
    SERVICES.forEach(service -> await(service, 200, believed));
  }

  /** Each says that it is not, because it cannot do its work. */
  void awaitNotReady(String... services) {
    List.of(services).forEach(service -> await(service, 503, authority));
  }

  private void await(String service, int status, Certificates believed) {
    try {
      SSLContext probe = believed.context(Optional.empty());
      String scheme = service.equals(GRAPH) ? "https" : "http";
      URI health =
          URI.create("%s://%s:%d/q/health/ready".formatted(scheme, NAME, ports.get(service)));
      Awaitility.await("%s to answer %d; %s".formatted(service, status, log(service)))
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .failFast(service + " ended", () -> !services.get(service).isAlive())
          .until(() -> get(probe, health).statusCode() == status);
    } catch (Exception failed) {
      throw new IllegalStateException(services.get(service).logTail(30), failed);
    }
  }

  /** What all services have warned of so far. */
  String warnings() {
    return services.values().stream()
        .flatMap(service -> service.logTail(Integer.MAX_VALUE).lines())
        .filter(line -> WARNING.matcher(line).find())
        .collect(Collectors.joining("\n"));
  }

  private Path log(String service) {
    return services.get(service).logFile();
  }

  /**
   * What somebody is answered.
   *
   * @throws IOException if no connection comes about
   */
  static HttpResponse<String> get(SSLContext context, URI address) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
          .sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
          .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException refused ? refused : failed;
    } catch (TimeoutException mute) {
      throw new IOException(mute);
    }
  }

  /** Whether NATS takes TLS at all, from its next start on. */
  void secureNats(boolean secured) throws IOException {
    if (secured) {
      users.secured(files.of("nats").resolve("tls.crt"), files.of("nats").resolve("tls.key"));
    } else {
      Files.writeString(users.file().resolveSibling("secured.conf"), "include nats.conf\n");
    }
  }

  /** Where all that show a certificate listen, and how one is asked for it. */
  Map<Handshake, Integer> servers() {
    return Map.of(
        Handshake.DIRECT,
        graphPort(),
        Handshake.NATS,
        nats.port(),
        Handshake.POSTGRES,
        URI.create(postgres.reactiveUrl()).getPort());
  }

  /** NATS reads its configuration and its files again. */
  void reloadNats() throws IOException, InterruptedException {
    Process signal = new ProcessBuilder("kill", "-HUP", Long.toString(nats.pid())).start();
    if (!signal.waitFor(60, TimeUnit.SECONDS) || signal.exitValue() != 0) {
      throw new IOException("NATS was not told");
    }
  }

  /** PostgreSQL reads its files again; or takes no TLS at all. */
  void showCertificateOfPostgres(boolean secured) throws SQLException {
    long before = loadedByPostgres();
    postgres("alter system set ssl = " + (secured ? "on" : "off"));
    postgres("select pg_reload_conf()");
    // It is only told to: whoever came first would still be shown what was there before.
    Awaitility.await("PostgreSQL to read its files")
        .atMost(LIMIT)
        .until(() -> loadedByPostgres() > before);
  }

  /** When the configuration was read that a new connection has; in microseconds. */
  private long loadedByPostgres() {
    return new Database(postgres)
        .number("select (extract(epoch from pg_conf_load_time()) * 1000000)::bigint");
  }

  /** Every connection of a service has to be made anew. */
  void endConnectionsToPostgres() throws SQLException {
    postgres(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename like 'relata\\_%'");
  }

  /** Connections of services, and how many of them are encrypted. */
  Map.Entry<Long, Long> connectionsToPostgres() {
    // At one moment: services make connections and let them go.
    return new Database(postgres)
        .query(
            "select count(*), count(*) filter (where s.ssl)"
                + " from pg_stat_activity a join pg_stat_ssl s using (pid)"
                + " where a.usename like 'relata\\_%'",
            row -> Map.entry(row.getLong(1), row.getLong(2)))
        .getFirst();
  }

  private void postgres(String statement) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement each = connection.createStatement()) {
      each.execute(statement);
    }
  }

  @Override
  public void close() {
    services.values().forEach(ManagedProcess::kill);
    nats.close();
    postgres.close();
    model.close();
  }
}
