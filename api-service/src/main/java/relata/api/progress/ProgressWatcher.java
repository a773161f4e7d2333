package relata.api.progress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;
import relata.api.status.StatusQuery;
import relata.api.tenant.TenantWork;

/**
 * Looks at the collections that somebody listens to, each on a virtual thread of its own that ends
 * with the last listener.
 */
@Singleton
final class ProgressWatcher {
  private static final Logger LOG = Logger.getLogger(ProgressWatcher.class);

  private final StatusQuery status;
  private final TenantWork tenants;
  private final ObjectMapper json;
  private final ProgressConfig config;
  private final Semaphore places;
  private final Map<Long, Watch> watches = new HashMap<>();

  ProgressWatcher(
      StatusQuery status,
      TenantWork tenants,
      ObjectMapper json,
      ProgressConfig config,
      MeterRegistry meters) {
    this.status = status;
    this.tenants = tenants;
    this.json = json;
    this.config = config;
    this.places = new Semaphore(config.maxListeners());
    meters.gauge(
        "relata.progress.listeners", places, p -> config.maxListeners() - p.availablePermits());
  }

  /**
   * Events of a collection from now on.
   *
   * @param tenant whose it is
   * @param disconnect closes the client's connection
   * @throws ProblemException 503 if there are too many listeners
   */
  Multi<ProgressEvent> listen(String tenant, FoundCollection collection, Runnable disconnect) {
    // A place is taken when the stream begins, or a client that is gone by then would keep it.
    if (places.availablePermits() == 0) {
      throw Problem.unavailable(
              ProblemType.LISTENERS_TAKEN,
              "%d clients listen already; ask for the status instead."
                  .formatted(config.maxListeners()),
              config.retryAfter())
          .exception();
    }
    return Multi.createFrom()
        .<ProgressEvent>emitter(
            emitter -> join(tenant, collection, new Listener(emitter, disconnect), emitter),
            BackPressureStrategy.LATEST);
  }

  /** Streams would hold up a shutdown that waits for requests to end. */
  synchronized void stop(@Observes ShutdownDelayInitiatedEvent stopping) {
    watches.values().forEach(watch -> watch.each(Listener::end));
  }

  private synchronized void join(
      String tenant, FoundCollection collection, Listener listener, MultiEmitter<?> emitter) {
    if (!places.tryAcquire()) {
      listener.end();
      return;
    }
    Watch watch = watches.get(collection.id());
    if (watch == null) {
      Watch fresh = new Watch();
      watches.put(collection.id(), fresh);
      watch = fresh;
      Thread.ofVirtual().name("progress").start(() -> run(tenant, collection, fresh));
    }
    watch.add(listener);
    Watch joined = watch;
    emitter.onTermination(() -> leave(joined, listener));
  }

  private void leave(Watch watch, Listener listener) {
    watch.remove(listener);
    places.release();
  }

  private void run(String tenant, FoundCollection collection, Watch watch) {
    try {
      boolean isAway = false;
      while (!endIfUnused(collection, watch)) {
        long begun = System.nanoTime();
        isAway = !look(tenant, collection, watch, isAway);
        watch.each(listener -> listener.tellNothingNew(config.heartbeat()));
        watch.each(listener -> listener.endIfStalled(config.stalledAfter()));
        Thread.sleep(pause(Duration.ofNanos(System.nanoTime() - begun)));
      }
    } catch (InterruptedException stopping) {
      LOG.debug("progress stopped");
    }
  }

  private synchronized boolean endIfUnused(FoundCollection collection, Watch watch) {
    return watch.isUnused() && watches.remove(collection.id(), watch);
  }

  /** Tells what is new; says whether it could be read. */
  private boolean look(String tenant, FoundCollection collection, Watch watch, boolean wasAway) {
    try {
      long now = System.currentTimeMillis();
      Object counts =
          tenants.of(tenant, () -> status.of(collection)).await().atMost(config.lookLimit());
      watch.tell(new ProgressEvent.Status(now, json.writeValueAsString(counts)));
      return true;
    } catch (ProblemException gone) {
      watch.delete();
      return true;
    } catch (RuntimeException | JsonProcessingException failure) {
      if (!wasAway) {
        LOG.warnf("progress not read collection=%d cause=%s", collection.id(), failure);
      }
      return false;
    }
  }

  private Duration pause(Duration look) {
    long rest = config.restFactor() * look.toMillis();
    long interval = config.interval().toMillis();
    // Heartbeats come with looks, so no pause is longer than theirs.
    return Duration.ofMillis(
        Math.clamp(rest, interval, Math.max(interval, config.heartbeat().toMillis())));
  }
}
