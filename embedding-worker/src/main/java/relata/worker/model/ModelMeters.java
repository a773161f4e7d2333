package relata.worker.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** What is counted of calls to models, whatever they were for. */
@Singleton
class ModelMeters {
  private static final List<String> CLASSES = List.of("busy", "missing", "transient", "refused");

  private final MeterRegistry meters;
  private final Counter inputs;
  private final Timer duration;

  ModelMeters(MeterRegistry meters) {
    this.meters = meters;
    this.inputs =
        Counter.builder("embedding.model.inputs")
            .description("Texts and prompts that were sent to a model")
            .register(meters);
    this.duration =
        Timer.builder("embedding.duration")
            .description("Time of a call to a model")
            .register(meters);
    // At nought from the start: the first failure of a class is a change, too, for who watches it.
    CLASSES.forEach(this::errors);
  }

  void called(CallSize size, Duration took) {
    inputs.increment(size.inputs());
    duration.record(took);
  }

  void failed(ModelFailure failure) {
    errors(kind(failure)).increment();
  }

  private Counter errors(String kind) {
    return meters.counter("embedding.errors", "class", kind);
  }

  private static String kind(ModelFailure failure) {
    return switch (failure) {
      case ModelFailure.Busy _ -> "busy";
      case ModelFailure.Missing _ -> "missing";
      case ModelFailure.Transient _ -> "transient";
      case ModelFailure.Refused _ -> "refused";
    };
  }
}
