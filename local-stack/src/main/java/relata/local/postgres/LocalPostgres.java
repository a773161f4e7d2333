package relata.local.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import relata.local.process.DirectoryTree;
import relata.local.process.ManagedProcess;
import relata.schema.SchemaConfig;
import relata.schema.SchemaMigration;

/**
 * A PostgreSQL with Relata's schema: an embedded one, or a server that is there already. It listens
 * on the loopback interface and trusts whoever connects there.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final String DATABASE = "relata";

  private final DatabaseAddress address;
  private final String rolePassword;
  private final EmbeddedPostgres embedded;
  private final Path temporary;

  private LocalPostgres(
      DatabaseAddress address, String rolePassword, EmbeddedPostgres embedded, Path temporary) {
    this.address = address;
    this.rolePassword = rolePassword;
    this.embedded = embedded;
    this.temporary = temporary;
  }

  /** Starts one for tests: a free port, no fsync, and nothing is left when it is closed. */
  public static LocalPostgres startTemporary() {
    Path directory = DirectoryTree.temporary("relata-postgres-");
    try {
      return start(directory, 0, true);
    } catch (RuntimeException failed) {
      DirectoryTree.delete(directory);
      throw failed;
    }
  }

  /** Starts one on a free port that keeps its data in the folder, safely over a crash. */
  public static LocalPostgres start(Path directory) {
    return start(directory, 0);
  }

  /**
   * Starts one that keeps its data in the folder, safely over a crash.
   *
   * @param port 0 for a free one
   * @throws IllegalStateException with the end of the server's log if it does not start
   */
  public static LocalPostgres start(Path directory, int port) {
    return start(directory.toAbsolutePath(), port, false);
  }

  private static LocalPostgres start(Path directory, int port, boolean temporary) {
    DirectoryTree.create(directory);
    Path log = directory.resolve("postgres.log");
    DataFolder data = new DataFolder(directory.resolve("data"));
    data.prepare();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.path())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_LIMIT)
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "256MB")
            // The library starts the server with fsync off; what a person keeps is worth more.
            .setServerConfig("fsync", temporary ? "off" : "on")
            .setServerConfig("synchronous_commit", temporary ? "off" : "on")
            .setServerConfig("full_page_writes", temporary ? "off" : "on");
    if (port != 0) {
      builder.setPort(port);
    }
    EmbeddedPostgres embedded = null;
    try {
      embedded = builder.start();
      data.markInitialized();
      DatabaseAddress server =
          new DatabaseAddress("127.0.0.1", embedded.getPort(), "postgres", "postgres", "postgres");
      createDatabase(server);
      LocalPostgres started =
          new LocalPostgres(
              server.database(DATABASE), "relata", embedded, temporary ? directory : null);
      started.migrate();
      return started;
    } catch (IOException | SQLException | RuntimeException failed) {
      data.stopServer();
      throw new IllegalStateException(
          "PostgreSQL does not start: %s%n%s"
              .formatted(failed.getMessage(), ManagedProcess.tail(log, 10)),
          failed);
    }
  }

  /**
   * Uses a server that is there already and brings its schema up to date.
   *
   * @param url {@code [jdbc:]postgresql://user:password@host:port/database}, or with {@code
   *     ?user=&password=}; the user must be allowed to create schemas and roles
   * @param rolePassword the password that the service roles get
   */
  public static LocalPostgres external(String url, String rolePassword) {
    LocalPostgres server = new LocalPostgres(DatabaseAddress.parse(url), rolePassword, null, null);
    try {
      server.migrate();
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "The database of RELATA_DATABASE_URL cannot be used: " + failed.getMessage(), failed);
    }
    return server;
  }

  /** {@code postgresql://host:port/database}, without credentials. */
  public String reactiveUrl() {
    return address.reactiveUrl();
  }

  /** {@code jdbc:postgresql://host:port/database}, without credentials. */
  public String jdbcUrl() {
    return address.jdbcUrl();
  }

  /** The superuser. */
  public String user() {
    return address.user();
  }

  /** The superuser's password. */
  public String password() {
    return address.password();
  }

  /** The password of {@code relata_api}, {@code relata_worker} and {@code relata_graph}. */
  public String rolePassword() {
    return rolePassword;
  }

  /** A connection of the superuser. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl(), user(), password());
  }

  /** Stops an embedded server; a temporary one's data is deleted. */
  @Override
  public void close() {
    if (embedded != null) {
      try {
        embedded.close();
      } catch (IOException failed) {
        throw new IllegalStateException("PostgreSQL does not stop: " + failed.getMessage(), failed);
      } finally {
        if (temporary != null) {
          DirectoryTree.delete(temporary);
        }
      }
    }
  }

  private static void createDatabase(DatabaseAddress server) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      boolean exists;
      try (ResultSet rows =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
        exists = rows.next();
      }
      if (!exists) {
        statement.execute("create database " + DATABASE);
      }
    }
  }

  private void migrate() throws SQLException {
    SchemaMigration.migrate(
        new SchemaConfig(jdbcUrl(), user(), password(), rolePassword, rolePassword, rolePassword));
  }
}
