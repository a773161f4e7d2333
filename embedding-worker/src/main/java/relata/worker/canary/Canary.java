package relata.worker.canary;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;
import relata.worker.canary.ModelsInUse.Used;
import relata.worker.catalog.KeepAlive;
import relata.worker.catalog.ModelCatalog;
import relata.worker.catalog.ModelUse;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.loop.Loop;
import relata.worker.model.Breaker;
import relata.worker.model.Breakers;
import relata.worker.model.CallSize;
import relata.worker.model.ModelAccess;
import relata.worker.model.ModelFailure;
import relata.worker.model.Rates;
import relata.worker.profile.ProfileGuard;

/**
 * Finds a model that the server lists and that answers nothing: calls to it would hang until their
 * own, much longer limit. Only a model that stays loaded is asked, or one that others wait for just
 * now: for a call's sake none is loaded, and none is kept in memory.
 */
@Singleton
public final class Canary {
  private static final Logger LOG = Logger.getLogger(Canary.class);
  private static final int LOOKS_IN_A_TURN = 4;
  private static final int CALLS_IN_A_LIMIT = 3;
  private static final int SHORTEST_SHARE = 3;
  private static final Object ANSWER = "answer";

  private final ModelsInUse models;
  private final ModelCatalog catalog;
  private final ModelAccess access;
  private final Breakers breakers;
  private final Rates rates;
  private final ProfileGuard guard;
  private final CanaryConfig config;
  private final Clock clock;
  private final Counter answered;
  private final Counter silent;
  private final ExecutorService calls =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("canary-", 0).factory());
  private final Set<Used> beingAsked = ConcurrentHashMap.newKeySet();
  private final Loop loop;

  Canary(
      ModelsInUse models,
      ModelCatalog catalog,
      ModelAccess access,
      Breakers breakers,
      Rates rates,
      ProfileGuard guard,
      CanaryConfig config,
      Clock clock,
      MeterRegistry meters) {
    this.models = models;
    this.catalog = catalog;
    this.access = access;
    this.breakers = breakers;
    this.rates = rates;
    this.guard = guard;
    this.config = config;
    this.clock = clock;
    this.answered = meters.counter("relata.canary", "outcome", "answered");
    this.silent = meters.counter("relata.canary", "outcome", "silent");
    Duration pause = config.every().dividedBy(LOOKS_IN_A_TURN);
    this.loop =
        new Loop(
            "canary",
            "silent models not looked for",
            pause,
            () -> {
              look();
              Thread.sleep(pause);
              return true;
            });
  }

  public void start() {
    loop.start();
  }

  public void stop() throws InterruptedException {
    loop.stop();
    loop.join();
    calls.shutdownNow();
  }

  /**
   * Begins to ask every model that has been silent for too long and is not being asked yet. It
   * waits for none: one that writes for minutes must not delay the others' turn.
   */
  public void look() {
    models.read().stream()
        .filter(this::isSilent)
        .filter(beingAsked::add)
        .forEach(used -> calls.execute(() -> ask(used)));
  }

  private boolean isSilent(Used used) {
    Instant since = clock.instant().minus(config.every());
    return (guard.keeps(used.model()) || access.isAsked(used.model()))
        && access.refusal(used.model()).isEmpty()
        && breakers.of(used.model()).answeredAt().filter(at -> at.isAfter(since)).isEmpty();
  }

  private void ask(Used used) {
    try {
      judge(used);
    } catch (RuntimeException | Error failed) {
      LOG.warnf("model not asked model=%s reason=\"%s\"", used.model(), failed);
    } finally {
      beingAsked.remove(used);
    }
  }

  private void judge(Used used) {
    Breaker breaker = breakers.of(used.model());
    Duration limit = limit(used);
    boolean called = access.isCalled(used.model());
    Instant start = clock.instant();
    Object answer =
        access.ask(
            new Turn(Lane.QUERY, used.collectionId()),
            used.model(),
            CallSize.NOTHING,
            limit,
            () -> probe(used, left(limit, start)),
            failure -> failure);
    boolean others = breaker.answeredAt().filter(at -> at.isAfter(start)).isPresent();
    if (!others && answer instanceof ModelFailure failure && isSilence(failure, called)) {
      breaker.open("silent", "The canary had no answer: " + failure.reason());
      silent.increment();
    } else {
      answered.increment();
    }
  }

  /** Somebody whose calls take a minute each, of which some are before this one, is not silent. */
  private Duration limit(Used used) {
    double inputs = rates.of(used.model()).inputs();
    if (used.use() == ModelUse.EMBED || inputs == 0) {
      return config.limit();
    }
    Duration slow = Duration.ofMillis((long) (CALLS_IN_A_LIMIT * 1000 / inputs));
    Duration limit = slow.compareTo(config.limit()) > 0 ? slow : config.limit();
    return limit.compareTo(config.longestLimit()) > 0 ? config.longestLimit() : limit;
  }

  /** Turn and call share the limit; a turn that came late is no reason to hurry the model. */
  private Duration left(Duration limit, Instant start) {
    Duration rest = limit.minus(Duration.between(start, clock.instant()));
    Duration shortest = config.limit().dividedBy(SHORTEST_SHARE);
    return rest.compareTo(shortest) > 0 ? rest : shortest;
  }

  /**
   * Without a turn it is silence only if calls to this very model were on their way all the time:
   * else it was others that hung, and nothing is known of this one.
   */
  private static boolean isSilence(ModelFailure failure, boolean called) {
    return failure instanceof ModelFailure.Transient
        || (called && failure.code().equals(ModelFailure.NO_TURN));
  }

  private Object probe(Used used, Duration limit) {
    KeepAlive keepAlive = guard.keeps(used.model()) ? KeepAlive.PINNED : KeepAlive.BRIEF;
    return catalog
        .probe(used.model(), used.use(), keepAlive, limit)
        .<Object>map(failure -> failure)
        .orElse(ANSWER);
  }
}
