package relata.local.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import relata.local.process.DirectoryTree;
import relata.schema.SchemaConfig;
import relata.schema.SchemaMigration;

/**
 * A PostgreSQL with Relata's schema: an embedded one, or a server that is there already. It listens
 * on the loopback interface and trusts whoever connects there.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final String DATABASE = "relata";
  private static final String ROLE_PASSWORD = "relata";

  private final DatabaseAddress address;
  private final String rolePassword;
  private final Optional<EmbeddedServer> embedded;

  private LocalPostgres(
      DatabaseAddress address, String rolePassword, Optional<EmbeddedServer> embedded) {
    this.address = address;
    this.rolePassword = rolePassword;
    this.embedded = embedded;
  }

  /** Starts one for tests: a free port, no fsync, and nothing is left when it is closed. */
  public static LocalPostgres startTemporary() {
    Path directory = DirectoryTree.temporary("relata-postgres-");
    return start(directory, 0, directory.resolve("postgres.log"), true);
  }

  /** Starts one on a free port that keeps its data in the folder, safely over a crash. */
  public static LocalPostgres start(Path directory) {
    return start(directory, 0, directory.resolve("postgres.log"));
  }

  /**
   * Starts one that keeps its data in the folder, safely over a crash.
   *
   * @param port 0 for a free one
   * @throws IllegalStateException with the end of the server's log if it does not start
   */
  public static LocalPostgres start(Path directory, int port, Path logFile) {
    return start(directory.toAbsolutePath(), port, logFile, false);
  }

  private static LocalPostgres start(Path directory, int port, Path log, boolean temporary) {
    EmbeddedServer server = EmbeddedServer.start(directory, port, log, temporary);
    try {
      createDatabase(server.address());
      LocalPostgres started =
          new LocalPostgres(
              server.address().database(DATABASE), ROLE_PASSWORD, Optional.of(server));
      started.migrate();
      return started;
    } catch (SQLException | RuntimeException failed) {
      server.close();
      throw new IllegalStateException(
          "The database cannot be prepared: " + failed.getMessage(), failed);
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
    LocalPostgres server =
        new LocalPostgres(DatabaseAddress.parse(url), rolePassword, Optional.empty());
    try {
      server.migrate();
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "The database of RELATA_DATABASE_URL cannot be used: " + failed.getMessage(), failed);
    }
    return server;
  }

  /**
   * Looks whether a URL can be given to {@link #external}, without connecting.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static void requireUsable(String url) {
    DatabaseAddress.parse(url);
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

  /** The process that all of an embedded server's come from; empty for one that was there. */
  public Optional<Long> pid() {
    return embedded.flatMap(EmbeddedServer::pid);
  }

  /** Stops an embedded server; a temporary one's data is deleted. */
  @Override
  public void close() {
    embedded.ifPresent(EmbeddedServer::close);
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
