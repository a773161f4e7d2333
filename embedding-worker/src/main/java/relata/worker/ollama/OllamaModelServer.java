package relata.worker.ollama;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelServer;

/** Ollama, or what speaks like it. */
@Singleton
final class OllamaModelServer implements ModelServer {
  private final OllamaApi api;
  private final OllamaKeepAlive keepAlive;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Counter inputCount;
  private final Timer duration;

  OllamaModelServer(
      @RestClient OllamaApi api, OllamaKeepAlive keepAlive, Clock clock, MeterRegistry meters) {
    this.api = api;
    this.keepAlive = keepAlive;
    this.clock = clock;
    this.meters = meters;
    this.inputCount =
        Counter.builder("relata.model.inputs")
            .description("Texts that were sent to the model")
            .register(meters);
    this.duration =
        Timer.builder("relata.model.duration")
            .description("Time of a call to the model server")
            .register(meters);
  }

  @Override
  public ModelAnswer embed(String model, List<String> inputs) {
    inputCount.increment(inputs.size());
    ModelAnswer answer = duration.record(() -> call(model, inputs));
    if (answer instanceof ModelFailure.Busy busy && busy.code().equals(ModelFailure.INTERRUPTED)) {
      // The client's library forgets that the thread was told to stop.
      Thread.currentThread().interrupt();
    }
    meters.counter("relata.model.calls", "outcome", outcome(answer)).increment();
    return answer;
  }

  private ModelAnswer call(String model, List<String> inputs) {
    try {
      var response =
          api.embed(new OllamaApi.EmbedRequest(model, inputs, false, keepAlive.of(model)));
      return EmbeddingCheck.check(response == null ? null : response.embeddings(), inputs.size());
    } catch (RuntimeException failed) {
      return BrokenCall.failure(failed, model, clock);
    }
  }

  private static String outcome(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Vectors _ -> "ok";
      case ModelFailure.Busy _ -> "busy";
      case ModelFailure.Missing _ -> "missing";
      case ModelFailure.Transient _ -> "transient";
      case ModelFailure.Refused _ -> "refused";
    };
  }
}
