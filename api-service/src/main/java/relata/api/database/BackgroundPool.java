package relata.api.database;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import relata.tls.PeerTls;

/** The pool of the role that sees all tenants, and of each only what its work needs. */
@Singleton
@ReactiveDataSource("background")
final class BackgroundPool implements PgPoolCreator {
  private final DatabaseConfig config;
  private final PeerTls tls;

  BackgroundPool(DatabaseConfig config, PeerTls tls) {
    this.config = config;
    this.tls = tls;
  }

  @Override
  public Pool create(Input input) {
    return BoundedPool.bounded(config, tls, input);
  }
}
