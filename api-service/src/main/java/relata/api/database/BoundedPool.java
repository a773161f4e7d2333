package relata.api.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import relata.api.tenant.Tenant;

/** Puts bounds on the pools that the framework has no setting for, and a wall between tenants. */
@Singleton
final class BoundedPool implements PgPoolCreator {
  private final DatabaseConfig config;

  BoundedPool(DatabaseConfig config) {
    this.config = config;
  }

  @Override
  public Pool create(Input input) {
    return new TenantPool(bounded(config, input), Tenant::current);
  }

  static Pool bounded(DatabaseConfig config, Input input) {
    int connectTimeoutMillis = Math.toIntExact(config.connectTimeout().toMillis());
    for (PgConnectOptions server : input.pgConnectOptionsList()) {
      server.setConnectTimeout(connectTimeoutMillis);
      server.addProperty("statement_timeout", milliseconds(config.statementTimeout()));
      server.addProperty("idle_in_transaction_session_timeout", milliseconds(config.idleTimeout()));
    }
    input
        .poolOptions()
        .setConnectionTimeout(Math.toIntExact(config.waitTimeout().toMillis()))
        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
        .setMaxWaitQueueSize(config.maxWaiting());
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(List.copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }

  private static String milliseconds(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
