package relata.api.generation;

import io.micrometer.core.instrument.MeterRegistry;
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
import org.jboss.logging.Logger;
import relata.api.collection.FoundCollection;

/**
 * Brings building generations to their switch: looks at each that nobody paused, again and again.
 * Every replica does; a lock for each generation lets one look at a time.
 */
@Singleton
final class Conductor {
  private static final Logger LOG = Logger.getLogger(Conductor.class);

  private static final String BUILDING =
      """
      select g.id, c.id as collection, c.name, a.id as active
        from content.generation g
        join content.collection c on c.id = g.collection_id
        join content.generation a on a.collection_id = c.id and a.state = 'active'
       where g.state = 'building' and not g.paused and not g.id = any($2)
       order by g.id limit $1""";

  /** A comparison takes as long as its client waits; beyond that nothing comes any more. */
  private static final Duration COMPARISON = Duration.ofSeconds(100);

  private final Pool pool;
  private final Look look;
  private final GenerationConfig config;
  private final MeterRegistry meters;
  private final Pace pace;
  private volatile Thread thread;

  Conductor(Pool pool, Look look, GenerationConfig config, MeterRegistry meters) {
    this.pool = pool;
    this.look = look;
    this.config = config;
    this.meters = meters;
    this.pace = new Pace(config);
  }

  private record Candidate(FoundCollection collection, long generation) {}

  void start(@Observes StartupEvent ready) {
    if (config.conduct()) {
      thread = Thread.ofVirtual().name("conductor").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent stop) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(config.lookInterval());
        round();
      }
    } catch (InterruptedException stopped) {
      LOG.debug("conductor stopped");
    }
  }

  /** Looks at all that are due, one after the other. */
  private void round() {
    try {
      for (Candidate candidate : candidates()) {
        lookAt(candidate);
      }
    } catch (RuntimeException databaseAway) {
      LOG.debugf("conductor waits cause=%s", databaseAway);
    }
  }

  private void lookAt(Candidate candidate) {
    Instant begin = Instant.now();
    long generation = candidate.generation();
    String outcome;
    try {
      Look.Found found =
          look.at(candidate.collection(), generation)
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

  /** Those that are not due yet are left to the database, so that they take nobody's place. */
  private List<Candidate> candidates() {
    Instant now = Instant.now();
    Long[] resting = pace.resting(now).toArray(Long[]::new);
    List<Candidate> candidates = new ArrayList<>();
    pool.preparedQuery(BUILDING)
        .execute(Tuple.of(config.maxLooks(), resting))
        .await()
        .atMost(config.databaseTimeout())
        .forEach(
            row ->
                candidates.add(
                    new Candidate(
                        new FoundCollection(
                            row.getLong("collection"),
                            row.getString("name"),
                            row.getLong("active")),
                        row.getLong("id"))));
    return candidates;
  }
}
