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
 * proxy that shares server connections among clients by transaction must not stand in between. So
 * does how statements are planned.
 */
@SuppressWarnings("deprecation") // The framework takes no pool but of this type.
final class TenantPool implements PgPool {
  /**
   * Planned with the values each time, unless it says otherwise: a plan that was made when a table
   * had few rows would be kept while it grows, and read all of it for each request.
   */
  private static final String TELL =
      """
      select set_config('relata.tenant', $1, false),
             set_config('plan_cache_mode', 'force_custom_plan', false),
             set_config('enable_seqscan', 'on', false)""";

  /** For {@link Plan#KEPT}: with few rows, it would be to read all of them. */
  private static final String TELL_KEPT =
      """
      select set_config('relata.tenant', $1, false),
             set_config('plan_cache_mode', 'force_generic_plan', false),
             set_config('enable_seqscan', 'off', false)""";

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
    return getConnection(TELL);
  }

  private Future<SqlConnection> getConnection(String tell) {
    String mine;
    try {
      mine = tenant.get();
    } catch (RuntimeException nobodys) {
      return Future.failedFuture(nobodys);
    }
    return pool.getConnection().map(connection -> told(connection, tell, mine));
  }

  /** Statements that follow are sent behind it, and answered behind it, too. */
  private static SqlConnection told(SqlConnection connection, String tell, String tenant) {
    connection
        .preparedQuery(tell)
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
    return options == Plan.KEPT
        ? new OwnConnectionQuery<>(() -> getConnection(TELL_KEPT), one -> one.preparedQuery(sql))
        : new OwnConnectionQuery<>(this::getConnection, one -> one.preparedQuery(sql, options));
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
