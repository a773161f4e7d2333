package relata.schema;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings a database to the newest schema: roles, tables, grants. Running it again changes nothing;
 * several may run at once, they take turns by PostgreSQL's advisory locks.
 */
public final class SchemaMigration {
  private SchemaMigration() {}

  /** Runs the migration with the configuration of the environment; exit code 2 if it is wrong. */
  public static void main(String[] args) throws SQLException {
    SchemaConfig config;
    try {
      config = SchemaConfig.fromEnvironment(System.getenv());
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    int applied = migrate(config);
    System.out.printf("schema is up to date applied=%d%n", applied);
  }

  /**
   * Applies what is missing.
   *
   * @return number of migrations applied, 0 if the schema was up to date
   */
  public static int migrate(SchemaConfig config) throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(config.jdbcUrl(), config.user(), config.password())) {
      ServiceRoles.ensure(connection, config.rolePasswords());
    }
    MigrateResult result =
        Flyway.configure()
            .dataSource(config.jdbcUrl(), config.user(), config.password())
            .locations("classpath:relata/schema")
            .defaultSchema("public")
            .table("relata_schema_history")
            .load()
            .migrate();
    return result.migrationsExecuted;
  }
}
