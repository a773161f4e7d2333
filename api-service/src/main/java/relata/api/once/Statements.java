package relata.api.once;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

/** Where the transaction of an effect takes statements: a connection of the pool, or a session. */
@FunctionalInterface
public interface Statements {
  /**
   * The only column of the first row, null if there is none.
   *
   * @param sql with {@code $1} and so on where the values go
   */
  Uni<String> text(String sql, List<String> values);

  /** In the connection's transaction. */
  static Statements on(SqlConnection connection) {
    return (sql, values) ->
        connection
            .preparedQuery(sql)
            .execute(Tuple.from(values))
            .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getString(0));
  }

  /** In the session's transaction. */
  static Statements in(Mutiny.Session session) {
    return (sql, values) -> {
      Mutiny.SelectionQuery<String> query =
          session.createNativeQuery(sql.replace('$', '?'), String.class);
      for (int i = 0; i < values.size(); i++) {
        query.setParameter(i + 1, values.get(i));
      }
      return query.getSingleResultOrNull();
    };
  }
}
