package relata.api.generation;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;
import relata.api.tenant.TenantWork;

/**
 * Brings building generations to their switch: looks at each that nobody paused, again and again, a
 * few at once, so that a comparison that takes its time delays no other collection. Every replica
 * does; a lock for each generation lets one look at a time.
 */
@Singleton
final class Conductor {
  private static final Logger LOG = Logger.getLogger(Conductor.class);

  private static final String BUILDING =
      """
      select g.id, c.id as collection, c.tenant, c.name, a.id as active
        from content.generation g
        join content.collection c on c.id = g.collection_id
        join content.generation a on a.collection_id = c.id and a.state = 'active'
       where g.state = 'building' and not g.paused
         and not g.id = any($2) and not c.id = any($3)
       order by g.id limit $1""";

  /** A comparison takes as long as its client waits; beyond that nothing comes any more. */
  private static final Duration COMPARISON = Duration.ofSeconds(100);

  private final Pool pool;
  private final TenantWork tenants;
  private final Look look;
  private final GenerationConfig config;
  private final MeterRegistry meters;
  private final Pace pace;
  private final Semaphore looks;

  /** Collections that are looked at now: of each only one generation can be the one to come. */
  private final Set<Long> lookedAt = ConcurrentHashMap.newKeySet();

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("conductor-", 0).factory());

  Conductor(
      @ReactiveDataSource("background") Pool pool,
      TenantWork tenants,
      Look look,
      GenerationConfig config,
      MeterRegistry meters) {
    this.pool = pool;
    this.tenants = tenants;
    this.look = look;
    this.config = config;
    this.meters = meters;
    this.pace = new Pace(config);
    this.looks = new Semaphore(config.looksAtOnce());
  }

  private record Candidate(String tenant, FoundCollection collection, long generation) {}

  void start(@Observes StartupEvent ready) {
    if (config.conduct()) {
      threads.execute(this::run);
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    threads.shutdownNow();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(config.lookInterval());
        round();
      }
    } catch (InterruptedException | RejectedExecutionException stopped) {
      LOG.debug("conductor stopped");
    }
  }

  /** Begins to look at all that are due, as soon as there is room for each. */
  private void round() throws InterruptedException {
    for (Candidate candidate : due()) {
      looks.acquire();
      lookedAt.add(candidate.collection().id());
      threads.execute(() -> lookInTurn(candidate));
    }
  }

  private List<Candidate> due() {
    try {
      return candidates();
    } catch (RuntimeException databaseAway) {
      LOG.debugf("conductor waits cause=%s", databaseAway);
      return List.of();
    }
  }

  private void lookInTurn(Candidate candidate) {
    try {
      lookAt(candidate);
    } finally {
      lookedAt.remove(candidate.collection().id());
      looks.release();
    }
  }

  private void lookAt(Candidate candidate) {
    Instant begin = Instant.now();
    long generation = candidate.generation();
    String outcome;
    try {
      Look.Found found =
          tenants
              .of(candidate.tenant(), () -> look.at(candidate.collection(), generation))
              .await()
              .atMost(config.databaseTimeout().plus(COMPARISON));
      outcome = noted(generation, found, begin);
    } catch (RuntimeException failed) {
      LOG.warnf("generation not looked at generation=%d cause=%s", generation, failed);
      pace.failed(generation, Instant.now());
      outcome = "failed";
    }
    meters.counter("relata.generation.looks", "outcome", outcome).increment();
  }

  private String noted(long generation, Look.Found found, Instant begin) {
    Instant now = Instant.now();
    Duration took = Duration.between(begin, now);
    return switch (found) {
      case Look.Found.Missing(long documents) -> {
        pace.looked(generation, documents, took, now);
        yield "missing";
      }
      case Look.Found.Switched _ -> {
        pace.looked(generation, 0, took, now);
        yield "switched";
      }
      case Look.Found.Failed _ -> {
        pace.looked(generation, 0, took, now);
        yield "given-up";
      }
      case Look.Found.Waits _ -> {
        pace.rests(generation, now);
        yield "waits";
      }
      case Look.Found.Nothing _ -> {
        pace.looked(generation, 0, took, now);
        yield "nothing";
      }
    };
  }

  /** Those that are not due are left out by the database, so that they take nobody's place. */
  private List<Candidate> candidates() {
    Instant now = Instant.now();
    Long[] resting = pace.resting(now).toArray(Long[]::new);
    Long[] underWay = lookedAt.toArray(Long[]::new);
    List<Candidate> candidates = new ArrayList<>();
    pool.preparedQuery(BUILDING)
        .execute(Tuple.of(config.maxLooks(), resting, underWay))
        .await()
        .atMost(config.databaseTimeout())
        .forEach(
            row ->
                candidates.add(
                    new Candidate(
                        row.getString("tenant"),
                        new FoundCollection(
                            row.getLong("collection"),
                            row.getString("name"),
                            row.getLong("active")),
                        row.getLong("id"))));
    return candidates;
  }
}
