package relata.api.feature;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Erases what clients brought for generations that are not kept any more: their rows stay as
 * history, so nothing else ever takes the vectors away.
 */
@Singleton
final class ProvidedErasure {
  private static final Logger LOG = Logger.getLogger(ProvidedErasure.class);

  /** Rows that another replica erases are left to it. */
  private static final String ERASE =
      """
      delete from content.provided_chunk as p
       using (select o.generation_id, o.document_id, o.ordinal
                from content.generation g
                join content.provided_chunk o on o.generation_id = g.id
               where g.erase_after <= now()
               limit $1
                 for update of o skip locked) as old
       where p.generation_id = old.generation_id and p.document_id = old.document_id
         and p.ordinal = old.ordinal""";

  private final Pool pool;
  private final ProvidedConfig config;
  private volatile Thread thread;

  ProvidedErasure(@ReactiveDataSource("background") Pool pool, ProvidedConfig config) {
    this.pool = pool;
    this.config = config;
  }

  void start(@Observes StartupEvent ready) {
    thread = Thread.ofVirtual().name("provided-erasure").start(this::run);
  }

  void stop(@Observes ShutdownEvent stop) {
    thread.interrupt();
  }

  /** Erases a batch; says whether it was full, so that there may be more. */
  boolean erase() {
    int erased =
        pool.preparedQuery(ERASE)
            .execute(Tuple.of(config.eraseBatch()))
            .await()
            .atMost(config.timeout())
            .rowCount();
    if (erased > 0) {
      LOG.infof("provided chunks erased chunks=%d", erased);
    }
    return erased == config.eraseBatch();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(config.eraseInterval());
        eraseAll();
      }
    } catch (InterruptedException stopped) {
      LOG.debug("provided erasure stopped");
    }
  }

  private void eraseAll() {
    try {
      while (erase()) {
        LOG.debug("more provided chunks to erase");
      }
    } catch (RuntimeException databaseAway) {
      LOG.debugf("provided erasure waits cause=%s", databaseAway);
    }
  }
}
