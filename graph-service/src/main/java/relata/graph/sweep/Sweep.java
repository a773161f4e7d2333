package relata.graph.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import relata.graph.database.Database;
import relata.graph.edges.EdgeCommitter;
import relata.graph.edges.EdgesConfig;
import relata.graph.generation.GenerationIndex;
import relata.graph.generation.GenerationTable;
import relata.graph.generation.Generations;
import relata.graph.generation.IndexReconciliation;

/**
 * Compares what is stored with what is indexed and linked, and deals with every difference the way
 * an event would have been. Alone it leads to the same graph as the events do.
 */
@Singleton
public final class Sweep {
  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private final Database database;
  private final Generations generations;
  private final EdgeCommitter committer;
  private final MeterRegistry meters;
  private final SweepConfig config;
  private final int maxDocuments;
  private final Semaphore requests = new Semaphore(0);
  private final ReentrantLock running = new ReentrantLock();
  private volatile Thread thread;

  public Sweep(
      Database database,
      Generations generations,
      EdgeCommitter committer,
      MeterRegistry meters,
      SweepConfig config,
      EdgesConfig edges) {
    this.database = database;
    this.generations = generations;
    this.committer = committer;
    this.meters = meters;
    this.config = config;
    maxDocuments = edges.maxDocuments();
  }

  /** Sweeps now, after every interval, and when asked to. */
  public void start() {
    thread = Thread.ofVirtual().name("sweep").start(this::loop);
  }

  public void stop() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Asks for a sweep soon; many requests meanwhile make one. */
  public void request() {
    requests.release();
  }

  private void loop() {
    try {
      while (true) {
        requests.drainPermits();
        run();
        if (requests.tryAcquire(config.interval().toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.debugf("sweep requested");
        }
      }
    } catch (InterruptedException stopped) {
      LOG.debugf("sweep stopped");
    }
  }

  /** One sweep over everything. What fails is tried again by the next. */
  public void run() throws InterruptedException {
    running.lockInterruptibly();
    try {
      Timer.Sample sample = Timer.start(meters);
      boolean whole = sweepAll();
      sample.stop(meters.timer("relata.sweep", "outcome", whole ? "done" : "failed"));
    } finally {
      running.unlock();
    }
  }

  private boolean sweepAll() throws InterruptedException {
    boolean whole = true;
    try {
      committer.forgetOldCommits();
      for (long gone : database.transaction(StaleDocuments::generationsGone)) {
        committer.eraseIfGone(gone);
      }
      List<Long> served = database.transaction(GenerationTable::served);
      for (long generationId : generations.ids()) {
        if (!served.contains(generationId)) {
          committer.forget(generationId);
        }
      }
      for (long generationId : served) {
        whole &= sweep(generationId);
      }
    } catch (RuntimeException failed) {
      LOG.warnf("sweep failed reason=%s", failed.getMessage());
      whole = false;
    }
    return whole;
  }

  /** A generation that fails does not keep the others from being swept. */
  private boolean sweep(long generationId) throws InterruptedException {
    try {
      int refreshed = generations.find(generationId).map(this::refresh).orElse(0);
      List<Long> stale = database.transaction(s -> StaleDocuments.of(s, generationId));
      for (int from = 0; from < stale.size(); from += maxDocuments) {
        committer.commit(
            generationId, stale.subList(from, Math.min(from + maxDocuments, stale.size())));
      }
      if (refreshed + stale.size() > 0) {
        LOG.infof(
            "swept generation=%d refreshed=%d linked=%d", generationId, refreshed, stale.size());
      }
      meters.counter("relata.sweep.documents").increment(stale.size());
      generations.findLoaded(generationId).ifPresent(index -> index.text().dropRemoved());
      return true;
    } catch (RuntimeException failed) {
      LOG.warnf("sweep failed generation=%d reason=%s", generationId, failed.getMessage());
      return false;
    }
  }

  private int refresh(GenerationIndex index) {
    return database.transaction(session -> IndexReconciliation.reconcile(session, index));
  }
}
