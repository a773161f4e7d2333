package relata.worker.model;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A breaker for each model: one model's trouble is not another's. */
@Singleton
public final class Breakers {
  private final BusyConfig config;
  private final Clock clock;
  private final Map<String, Breaker> breakers;

  Breakers(BusyConfig config, Clock clock, MeterRegistry meters) {
    this.config = config;
    this.clock = clock;
    this.breakers =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Breaker> eldest) {
            return size() > config.models();
          }
        };
    meters.gauge("relata.model.breakers.open", this, Breakers::open);
  }

  /** The model's. */
  public Breaker of(String model) {
    synchronized (breakers) {
      return breakers.computeIfAbsent(
          ModelName.full(model), name -> new Breaker(name, config, clock));
    }
  }

  /** Why each model that is left alone is, by its full name. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    synchronized (breakers) {
      breakers.forEach(
          (model, breaker) -> breaker.reason().ifPresent(why -> reasons.put(model, why)));
    }
    return reasons;
  }

  private int open() {
    return reasons().size();
  }
}
