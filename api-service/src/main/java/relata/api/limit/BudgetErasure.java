package relata.api.limit;

import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import relata.api.database.PeriodicStatement;

/**
 * Deletes the counts of callers who have long been quiet: without a row they have all of theirs.
 */
@Singleton
final class BudgetErasure {
  private static final String ERASE =
      "delete from content.rate_budget where counted_at < now() - make_interval(secs => $1)";

  private static final Duration LEAST = Duration.ofHours(1);

  private final PeriodicStatement statement;
  private final RateConfig config;

  BudgetErasure(PeriodicStatement statement, RateConfig config) {
    this.statement = statement;
    this.config = config;
  }

  void start(@Observes StartupEvent ready) {
    double secondsToFill = (double) config.burst() / Math.max(1, config.perSecond());
    statement.every(
        config.eraseInterval(), ERASE, Tuple.of(Math.max(LEAST.toSeconds(), secondsToFill)));
  }
}
