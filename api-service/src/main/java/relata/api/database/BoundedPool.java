package relata.api.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
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
    input
        .pgConnectOptionsList()
        .forEach(options -> options.setConnectTimeout(connectTimeoutMillis));
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
}
