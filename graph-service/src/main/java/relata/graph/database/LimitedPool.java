package relata.graph.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import relata.tls.PeerTls;

/**
 * Connections on which the server itself gives up what takes too long. It is told once a
 * connection: at the start of each transaction that would be a question more.
 */
@Singleton
final class LimitedPool implements PgPoolCreator {
  private final DatabaseConfig config;
  private final PeerTls tls;

  LimitedPool(DatabaseConfig config, PeerTls tls) {
    this.config = config;
    this.tls = tls;
  }

  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> servers = input.pgConnectOptionsList();
    for (PgConnectOptions server : servers) {
      tls.databaseEngine().ifPresent(server::setSslEngineOptions);
      server.addProperty("statement_timeout", milliseconds(config.statementTimeout()));
      server.addProperty("lock_timeout", milliseconds(config.lockTimeout()));
      server.addProperty("idle_in_transaction_session_timeout", milliseconds(config.idleTimeout()));
    }
    List<SqlConnectOptions> limited = List.copyOf(servers);
    return PgBuilder.pool()
        .with(input.poolOptions())
        .connectingTo(limited)
        .using(input.vertx())
        .build();
  }

  private static String milliseconds(Duration duration) {
    return duration.toMillis() + "ms";
  }
}
