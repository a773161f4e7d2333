package relata.api.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Statements that tidy up now and then, across tenants: while the database is away they wait. */
@Singleton
public final class PeriodicStatement {
  private static final Logger LOG = Logger.getLogger(PeriodicStatement.class);

  private final Vertx vertx;
  private final Pool pool;

  PeriodicStatement(Vertx vertx, @ReactiveDataSource("background") Pool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  /** Executes the statement every so often, for as long as the service runs. */
  public void every(Duration interval, String sql, Tuple values) {
    long unused = vertx.setPeriodic(interval.toMillis(), _ -> execute(sql, values));
  }

  private void execute(String sql, Tuple values) {
    pool.preparedQuery(sql)
        .execute(values)
        .subscribe()
        .with(_ -> {}, away -> LOG.debugf("not tidied up statement=%s cause=%s", sql, away));
  }
}
