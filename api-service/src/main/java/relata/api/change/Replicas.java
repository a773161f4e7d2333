package relata.api.change;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.jboss.logging.Logger;
import relata.api.resolution.FollowedSettings;

/**
 * Tells the other replicas which settings this one runs with. In the midst of a deployment one that
 * is left of the old settings may start again, and must not take collections back to them.
 */
@Singleton
final class Replicas {
  private static final Logger LOG = Logger.getLogger(Replicas.class);

  /** It waits for no disk: what a crash of the database forgets is told again in a while. */
  private static final String TELL =
      """
      with relaxed as materialized (select set_config('synchronous_commit', 'off', true))
      insert into content.replica (id, settings, seen_at) select $1, $2, now() from relaxed
      on conflict (id) do update set seen_at = excluded.seen_at""";

  private static final String OTHERS =
      """
      select count(*) as others from content.replica
       where settings <> $1 and seen_at > now() - make_interval(secs => $2)""";

  /** Those that were killed leave their rows to the others. */
  private static final String FORGET =
      """
      delete from content.replica
       where id = $1 or seen_at < now() - 10 * make_interval(secs => $2)""";

  private final UUID id = UUID.randomUUID();
  private final Pool pool;
  private final ChangeConfig config;
  private final String settings;
  private volatile Thread thread;

  Replicas(
      @ReactiveDataSource("background") Pool pool, ChangeConfig config, FollowedSettings settings) {
    this.pool = pool;
    this.config = config;
    this.settings = settings.json();
  }

  void start(@Observes StartupEvent ready) {
    thread = Thread.ofVirtual().name("replica").start(this::run);
  }

  void stop(@Observes ShutdownEvent stop) {
    thread.interrupt();
    try {
      // A database that hangs must not hold up the end.
      execute(FORGET, Tuple.of(id, seconds()), config.retryInterval());
    } catch (RuntimeException databaseAway) {
      LOG.debugf("replica not forgotten cause=%s", databaseAway);
    }
  }

  /** Whether all replicas that were there lately have the settings of this one. It blocks. */
  boolean agree() {
    // Of two that ask at once, the later has then seen the other.
    tell();
    return execute(OTHERS, Tuple.of(settings, seconds()), config.presence())
            .iterator()
            .next()
            .getLong("others")
        == 0;
  }

  private void run() {
    try {
      while (true) {
        tellIfPossible();
        Thread.sleep(config.presence().dividedBy(3));
      }
    } catch (InterruptedException stopped) {
      LOG.debug("replica stopped");
    }
  }

  private void tellIfPossible() {
    try {
      tell();
    } catch (RuntimeException databaseAway) {
      LOG.debugf("replica not told cause=%s", databaseAway);
    }
  }

  private void tell() {
    execute(TELL, Tuple.of(id, settings), config.presence());
  }

  private RowSet<Row> execute(String sql, Tuple values, Duration limit) {
    return pool.preparedQuery(sql).execute(values).await().atMost(limit);
  }

  private double seconds() {
    return config.presence().toMillis() / 1000.0;
  }
}
