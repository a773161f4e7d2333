package relata.api.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.Driver;

/** Looks into the database past the service, as its superuser. */
public final class Database {
  private Database() {}

  /** The only number that a query gives. */
  public static long number(String sql, Object... arguments) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, arguments);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  public static void execute(String sql, Object... arguments) {
    try (Connection connection = connect();
        PreparedStatement statement = prepare(connection, sql, arguments)) {
      statement.execute();
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** A connection of the test's own, for locks that it holds. */
  public static Connection connect() throws SQLException {
    Properties user = new Properties();
    user.setProperty("user", setting("postgres-user"));
    user.setProperty("password", setting("postgres-password"));
    // A test profile starts the application under another class loader, and the driver manager
    // looks under the first one alone.
    return new Driver().connect("jdbc:" + setting("postgres-url"), user);
  }

  /** Id of a document within the service. */
  public static long documentKey(String collection, String id) {
    return number(
        """
        select d.id from content.document d join content.collection c on c.id = d.collection_id
         where c.name = ? and d.external_id = ?""",
        collection,
        id);
  }

  /** Id of a collection's active generation. */
  public static long generation(String collection) {
    return number(
        """
        select g.id from content.generation g join content.collection c on c.id = g.collection_id
         where c.name = ? and g.state = 'active'""",
        collection);
  }

  /**
   * Makes a generation of the collection that is being built, with the active one's recipe; nobody
   * switches to it by himself, so that a test can look at both.
   */
  public static long building(String collection) {
    return number(
        """
        insert into content.generation (collection_id, state, recipe, recipe_fingerprint)
        select collection_id, 'building', jsonb_set(recipe, '{gate,switch}', '"manual"'),
               recipe_fingerprint
          from content.generation where id = ?
        returning id""",
        generation(collection));
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue("relata.test." + name, String.class);
  }
}
