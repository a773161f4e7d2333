package relata.worker.model;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How fast each model is, as measured by the calls of this process. */
@Singleton
public final class Rates {
  /** Each call makes those before it count for so much less. */
  private static final double MEMORY = 0.9;

  /**
   * A model's speed in a second of one call's time; zeros before the first call.
   *
   * @param inputs texts, or prompts
   * @param tokens estimated tokens of input
   */
  public record Rate(double inputs, double tokens) {
    /** Of a model that was never asked. */
    public static final Rate UNKNOWN = new Rate(0, 0);
  }

  private record Sums(double inputs, double tokens, double seconds) {}

  private final Map<String, Sums> sums;

  @Inject
  Rates(BusyConfig config) {
    this(config.models());
  }

  Rates(int models) {
    this.sums =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Sums> eldest) {
            return size() > models;
          }
        };
  }

  /** A call that the model answered. */
  void add(String model, CallSize size, Duration took) {
    double seconds = Math.max(took.toNanos(), 1) / 1e9;
    String name = ModelName.full(model);
    synchronized (sums) {
      Sums old = sums.getOrDefault(name, new Sums(0, 0, 0));
      sums.put(
          name,
          new Sums(
              MEMORY * old.inputs() + size.inputs(),
              MEMORY * old.tokens() + size.tokens(),
              MEMORY * old.seconds() + seconds));
    }
  }

  /** The model's. */
  public Rate of(String model) {
    Sums known;
    synchronized (sums) {
      known = sums.get(ModelName.full(model));
    }
    return known == null
        ? Rate.UNKNOWN
        : new Rate(known.inputs() / known.seconds(), known.tokens() / known.seconds());
  }
}
