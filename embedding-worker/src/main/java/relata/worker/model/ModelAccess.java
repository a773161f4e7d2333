package relata.worker.model;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import relata.worker.gate.Gate;
import relata.worker.gate.LaneCalls;
import relata.worker.gate.Turn;

/**
 * The way of every call to a model: in turn through the gate, not while its breaker is open or
 * another profile of models is activated, and then remembered by the breaker and the rates.
 */
@Singleton
public final class ModelAccess {
  private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

  private final Gate gate;
  private final int permits;
  private final Breakers breakers;
  private final Rates rates;
  private final ModelMeters meters;
  private final ModelGuard guard;
  private final Desk desk;

  /** Calls that wait or are on their way, and those of them that are on their way. */
  private final CallCounts asked = new CallCounts();

  private final CallCounts made = new CallCounts();

  ModelAccess(
      GateConfig config,
      Breakers breakers,
      Rates rates,
      ModelMeters meters,
      ModelGuard guard,
      Desk desk) {
    this.gate = new Gate(config.limits());
    this.permits = config.permits();
    this.breakers = breakers;
    this.rates = rates;
    this.meters = meters;
    this.guard = guard;
    this.desk = desk;
  }

  /**
   * Makes a call when it is its turn.
   *
   * @param call gives an answer, or a {@link ModelFailure}; it throws for neither
   * @param without makes an answer of the reason why the call was not made
   */
  public <T> T ask(
      Turn turn, String model, CallSize size, Supplier<T> call, Function<ModelFailure, T> without) {
    return ask(turn, model, size, FOR_EVER, call, without);
  }

  /** The same, for somebody who does not wait longer than that for a turn. */
  public <T> T ask(
      Turn turn,
      String model,
      CallSize size,
      Duration wait,
      Supplier<T> call,
      Function<ModelFailure, T> without) {
    Breaker breaker = breakers.of(model);
    desk.used(turn.lane());
    asked.begin(model);
    try {
      return gate.call(turn, model, wait, () -> made(turn, model, breaker, size, call, without))
          .orElseGet(() -> without.apply(noTurn(wait)));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return without.apply(ModelFailure.interrupted());
    } finally {
      asked.end(model);
    }
  }

  /** Makes a call for vectors when it is its turn, and reads the answer when that is over. */
  public ModelAnswer embed(Turn turn, String model, CallSize size, Supplier<ModelReply> call) {
    return embed(turn, model, size, FOR_EVER, call);
  }

  /** The same, for somebody who does not wait longer than that for a turn. */
  public ModelAnswer embed(
      Turn turn, String model, CallSize size, Duration wait, Supplier<ModelReply> call) {
    ModelReply reply = ask(turn, model, size, wait, call, failure -> failure);
    try (Desk.Place _ = desk.sit(turn)) {
      ModelAnswer answer = reply.read();
      if (reply instanceof ModelReply.Unread && answer instanceof ModelFailure unusable) {
        meters.failed(unusable);
      }
      return answer;
    }
  }

  /** Whether calls to the model wait, or are on their way. */
  public boolean isAsked(String model) {
    return asked.has(model);
  }

  /** Whether calls to the model are on their way. */
  public boolean isCalled(String model) {
    return made.has(model);
  }

  /** Why nobody should ask the model now; empty when it may be asked. */
  public Optional<ModelFailure.Busy> refusal(String model) {
    return guard.refusal(model).or(() -> breakers.of(model).refusal());
  }

  /** Calls on their way at once, of all lanes and models. */
  public int permits() {
    return permits;
  }

  /** The calls of each lane now, most urgent first. */
  public List<LaneCalls> calls() {
    return gate.calls();
  }

  /** Whether it may be called is asked last: while others waited, that may have changed. */
  private <T> T made(
      Turn turn,
      String model,
      Breaker breaker,
      CallSize size,
      Supplier<T> call,
      Function<ModelFailure, T> without) {
    Optional<ModelFailure.Busy> open = guard.refusal(model).or(() -> breaker.enter(turn.lane()));
    if (open.isPresent()) {
      return without.apply(open.get());
    }
    long start = System.nanoTime();
    T answer = call(model, call);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    meters.called(size, took);
    if (answer instanceof ModelFailure failure) {
      breaker.failed(failure);
      meters.failed(failure);
    } else {
      breaker.answered();
      if (size.inputs() > 0) {
        rates.add(model, size, took);
      }
    }
    return answer;
  }

  private <T> T call(String model, Supplier<T> call) {
    made.begin(model);
    try {
      return call.get();
    } finally {
      made.end(model);
    }
  }

  private static ModelFailure noTurn(Duration wait) {
    return new ModelFailure.Busy(
        ModelFailure.NO_TURN,
        "Others kept the model server busy for %s s.".formatted(wait.toMillis() / 1000.0),
        Optional.of(wait));
  }
}
