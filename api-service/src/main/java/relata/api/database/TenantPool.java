package relata.api.database;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgPool;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PrepareOptions;
import io.vertx.sqlclient.PreparedQuery;
import io.vertx.sqlclient.Query;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Hands out connections on which the database lets rows of the present tenant through and no
 * other's. Entities and plain statements all get theirs here, so none can forget it. The tenant is
 * told in the same flight as what follows, so nobody waits for it.
 *
 * <p>It stays told until the connection is handed out again, for another tenant or the same: a
 * proxy that shares server connections among clients by transaction must not stand in between.
 */
@SuppressWarnings("deprecation") // The framework takes no pool but of this type.
final class TenantPool implements PgPool {
  private static final String TELL = "select set_config('relata.tenant', $1, false)";

  private static final Logger LOG = Logger.getLogger(TenantPool.class);

  private final Pool pool;
  private final Supplier<String> tenant;

  /**
   * @param tenant whose rows are meant where it is called; throws if nobody's
   */
  TenantPool(Pool pool, Supplier<String> tenant) {
    this.pool = pool;
    this.tenant = tenant;
  }

  @Override
  public Future<SqlConnection> getConnection() {
    String mine;
    try {
      mine = tenant.get();
    } catch (RuntimeException nobodys) {
      return Future.failedFuture(nobodys);
    }
    return pool.getConnection().map(connection -> told(connection, mine));
  }

  /** Statements that follow are sent behind it, and answered behind it, too. */
  private static SqlConnection told(SqlConnection connection, String tenant) {
    connection
        .preparedQuery(TELL)
        .execute(Tuple.of(tenant))
        .onFailure(failure -> LOG.warnf("tenant not told cause=%s", failure));
    return connection;
  }

  @Override
  public void getConnection(Handler<AsyncResult<SqlConnection>> handler) {
    getConnection().onComplete(handler);
  }

  @Override
  public Query<RowSet<Row>> query(String sql) {
    return new OwnConnectionQuery<>(this::getConnection, one -> one.preparedQuery(sql));
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql) {
    return new OwnConnectionQuery<>(this::getConnection, one -> one.preparedQuery(sql));
  }

  @Override
  public PreparedQuery<RowSet<Row>> preparedQuery(String sql, PrepareOptions options) {
    return new OwnConnectionQuery<>(this::getConnection, one -> one.preparedQuery(sql, options));
  }

  @Override
  public void close(Handler<AsyncResult<Void>> handler) {
    pool.close(handler);
  }

  @Override
  public Future<Void> close() {
    return pool.close();
  }

  @Override
  public PgPool connectHandler(Handler<SqlConnection> handler) {
    pool.connectHandler(handler);
    return this;
  }

  @Override
  public PgPool connectionProvider(Function<Context, Future<SqlConnection>> provider) {
    pool.connectionProvider(provider);
    return this;
  }

  @Override
  public int size() {
    return pool.size();
  }
}
