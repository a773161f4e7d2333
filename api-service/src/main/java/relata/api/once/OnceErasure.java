package relata.api.once;

import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import relata.api.database.PeriodicStatement;

/** Deletes the answers that nobody may ask for any more. */
@Singleton
final class OnceErasure {
  private static final String ERASE =
      "delete from content.idempotency_key where expires_at <= now()";

  private final PeriodicStatement statement;
  private final OnceConfig config;

  OnceErasure(PeriodicStatement statement, OnceConfig config) {
    this.statement = statement;
    this.config = config;
  }

  void start(@Observes StartupEvent ready) {
    statement.every(config.eraseInterval(), ERASE, Tuple.tuple());
  }
}
