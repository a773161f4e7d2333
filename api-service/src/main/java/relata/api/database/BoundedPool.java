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
import relata.tls.PeerTls;

/** Puts bounds on the pools that the framework has no setting for, and a wall between tenants. */
@Singleton
final class BoundedPool implements PgPoolCreator {
  private final DatabaseConfig config;
  private final PeerTls tls;

  BoundedPool(DatabaseConfig config, PeerTls tls) {
    this.config = config;
    this.tls = tls;
  }

  @Override
  public Pool create(Input input) {
    return new TenantPool(bounded(config, tls, input), Tenant::current);
  }

  static Pool bounded(DatabaseConfig config, PeerTls tls, Input input) {
    int connectTimeoutMillis = Math.toIntExact(config.connectTimeout().toMillis());
    for (PgConnectOptions server : input.pgConnectOptionsList()) {
      server.setConnectTimeout(connectTimeoutMillis);
      tls.databaseEngine().ifPresent(server::setSslEngineOptions);
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
