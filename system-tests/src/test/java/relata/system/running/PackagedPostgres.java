package relata.system.running;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import relata.local.process.DirectoryTree;
import relata.local.process.ManagedProcess;
import relata.local.stack.Ports;
import relata.local.tool.Tool;

/**
 * A PostgreSQL of Debian's package with all that comes with it, such as pg_dump, which the one of
 * the local stack lacks. It has a folder and a port of its own; a cluster of the machine is left
 * alone. Whoever connects from this machine is believed.
 */
final class PackagedPostgres implements AutoCloseable {
  private static final Tool PACKAGE =
      new Tool("initdb", "postgresql", "INITDB", "elsewhere: https://postgresql.org/download");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final ManagedProcess server;

  private PackagedPostgres(Path folder, int port, ManagedProcess server) {
    this.folder = folder;
    this.port = port;
    this.server = server;
  }

  /** Starts one with nothing in it; the folder is deleted when it is closed. */
  static PackagedPostgres start(Path folder) throws IOException {
    Path programs = programs();
    DirectoryTree.create(folder);
    Path data = folder.resolve("data");
    ManagedProcess made =
        ManagedProcess.start(
            "initdb",
            asAnother(
                programs.resolve("initdb"),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--no-sync"),
            Map.of(),
            folder.resolve("initdb.log"));
    Awaitility.await().atMost(LIMIT).until(() -> !made.isAlive());
    if (made.exitCode().orElseThrow() != 0) {
      throw new IllegalStateException(made.logTail(10));
    }
    int port = Ports.free();
    ManagedProcess server =
        ManagedProcess.start(
            "postgres",
            asAnother(
                programs.resolve("postgres"),
                "-D" + data,
                "-p" + port,
                "-cunix_socket_directories=",
                "-cmax_connections=200",
                "-cfsync=off"),
            Map.of(),
            folder.resolve("postgres.log"));
    PackagedPostgres started = new PackagedPostgres(folder, port, server);
    try {
      Awaitility.await("PostgreSQL to answer").atMost(LIMIT).until(started::answers);
      return started;
    } catch (RuntimeException failed) {
      started.close();
      throw failed;
    }
  }

  /** The folder of the newest that is installed. */
  private static Path programs() {
    return PACKAGE.find().getParent();
  }

  /** PostgreSQL refuses to run as root, who becomes nobody in a name space of users. */
  private static List<String> asAnother(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** What its programs find it by, in front of those that are on the PATH; as the superuser. */
  Map<String, String> environment() {
    return Map.of(
        "PATH",
        programs() + ":" + System.getenv("PATH"),
        "PGHOST",
        "127.0.0.1",
        "PGPORT",
        Integer.toString(port),
        "PGUSER",
        "postgres");
  }

  /** For {@code RELATA_DATABASE_URL} of the local stack. */
  String url(String user) {
    return "postgresql://%s:any@127.0.0.1:%d/relata".formatted(user, port);
  }

  /** {@code postgresql://host:port/database}, as the services are told. */
  String address() {
    return "postgresql://127.0.0.1:%d/relata".formatted(port);
  }

  /** Of the superuser. */
  Connection connect() throws SQLException {
    return connect("relata");
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), "postgres", "any");
  }

  private boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid((int) LIMIT.toSeconds());
    } catch (SQLException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    server.stop(LIMIT);
    DirectoryTree.delete(folder);
  }
}
