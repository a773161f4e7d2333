package relata.worker.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;
import relata.tls.PeerTls;

/** Connections whose handshakes are made by the files as they were last read. */
@Singleton
final class SecuredPool implements PgPoolCreator {
  private final PeerTls tls;

  SecuredPool(PeerTls tls) {
    this.tls = tls;
  }

  @Override
  public Pool create(Input input) {
    for (PgConnectOptions server : input.pgConnectOptionsList()) {
      tls.databaseEngine().ifPresent(server::setSslEngineOptions);
    }
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(List.copyOf(input.pgConnectOptionsList()))
        .using(input.vertx())
        .build();
  }
}
