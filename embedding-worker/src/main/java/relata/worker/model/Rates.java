package relata.worker.model;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import relata.worker.recent.Recent;

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

  private record Sums(double inputs, double tokens, double seconds) {
    Sums and(Sums call) {
      return new Sums(
          MEMORY * inputs + call.inputs,
          MEMORY * tokens + call.tokens,
          MEMORY * seconds + call.seconds);
    }
  }

  private final Recent<String, Sums> sums;

  @Inject
  Rates(BusyConfig config) {
    this(config.models());
  }

  Rates(int models) {
    this.sums = new Recent<>(models);
  }

  /** A call that the model answered. */
  void add(String model, CallSize size, Duration took) {
    double seconds = Math.max(took.toNanos(), 1) / 1e9;
    Sums call = new Sums(size.inputs(), size.tokens(), seconds);
    sums.join(ModelName.full(model), call, Sums::and);
  }

  /** The model's. */
  public Rate of(String model) {
    return sums.find(ModelName.full(model))
        .map(known -> new Rate(known.inputs() / known.seconds(), known.tokens() / known.seconds()))
        .orElse(Rate.UNKNOWN);
  }
}
