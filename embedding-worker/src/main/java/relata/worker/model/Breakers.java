package relata.worker.model;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import relata.worker.recent.Recent;

/** A breaker for each model: one model's trouble is not another's. */
@Singleton
public final class Breakers {
  private final BusyConfig config;
  private final Clock clock;
  private final Recent<String, Breaker> breakers;

  Breakers(BusyConfig config, Clock clock, MeterRegistry meters) {
    this.config = config;
    this.clock = clock;
    this.breakers = new Recent<>(config.models());
    meters.gauge("relata.model.breakers.open", this, Breakers::open);
  }

  /** The model's. */
  public Breaker of(String model) {
    return breakers.findOrMake(ModelName.full(model), name -> new Breaker(name, config, clock));
  }

  /** Why each model that is left alone is, by its full name. */
  public Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    breakers
        .copy()
        .forEach((model, breaker) -> breaker.reason().ifPresent(why -> reasons.put(model, why)));
    return reasons;
  }

  private int open() {
    return reasons().size();
  }
}
