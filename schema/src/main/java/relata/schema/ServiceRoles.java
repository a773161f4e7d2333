package relata.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Creates the login roles of the services and sets their passwords. Not a migration: a password may
 * change between two runs, and roles belong to the whole server, not to one database.
 */
final class ServiceRoles {
  /**
   * Any number that nothing else in this database locks; the lock makes parallel runs take turns.
   */
  private static final long LOCK = 0x72656c617461L;

  private ServiceRoles() {}

  static void ensure(Connection connection, Map<String, String> passwords) throws SQLException {
    lock(connection, "select pg_advisory_lock(?)");
    try {
      for (Map.Entry<String, String> role : passwords.entrySet()) {
        String verb = exists(connection, role.getKey()) ? "alter" : "create";
        execute(connection, verb, role.getKey(), role.getValue());
      }
    } finally {
      lock(connection, "select pg_advisory_unlock(?)");
    }
  }

  private static void lock(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, LOCK);
      statement.execute();
    }
  }

  private static boolean exists(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select 1 from pg_roles where rolname = ?")) {
      statement.setString(1, role);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  /** DDL takes no parameters, so the server itself quotes name and password. */
  private static void execute(Connection connection, String verb, String role, String password)
      throws SQLException {
    String ddl;
    try (PreparedStatement statement =
        connection.prepareStatement("select format('%s role %I login password %L', ?, ?, ?)")) {
      statement.setString(1, verb);
      statement.setString(2, role);
      statement.setString(3, password);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        ddl = rows.getString(1);
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(ddl);
    }
  }
}
