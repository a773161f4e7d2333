package relata.worker.ollama;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import relata.worker.model.ModelFailure;
import relata.worker.model.TextAnswer;
import relata.worker.model.TextModel;

/** Ollama's {@code /api/generate}. */
@Singleton
final class OllamaTextModel implements TextModel {
  private static final int SEED = 42;
  private static final String STOPPED = "length";

  private final OllamaApi api;
  private final OllamaKeepAlive keepAlive;
  private final Clock clock;
  private final Timer duration;

  OllamaTextModel(
      @RestClient OllamaApi api, OllamaKeepAlive keepAlive, Clock clock, MeterRegistry meters) {
    this.api = api;
    this.keepAlive = keepAlive;
    this.clock = clock;
    this.duration =
        Timer.builder("relata.description.duration")
            .description("Time of a call that writes a description")
            .register(meters);
  }

  @Override
  public TextAnswer write(Request request) {
    TextAnswer answer = duration.record(() -> call(request));
    if (answer instanceof ModelFailure.Busy busy && busy.code().equals(ModelFailure.INTERRUPTED)) {
      // The client's library forgets that the thread was told to stop.
      Thread.currentThread().interrupt();
    }
    return answer;
  }

  private TextAnswer call(Request request) {
    try {
      var response =
          api.generate(
              new OllamaApi.GenerateRequest(
                  request.model(),
                  request.prompt(),
                  false,
                  false,
                  keepAlive.of(request.model()),
                  new OllamaApi.GenerateOptions(
                      0, SEED, request.maxTokens(), request.contextTokens())));
      return response == null || response.response() == null
          ? new ModelFailure.Refused("no_text", "The model's answer has no text.", false)
          : new TextAnswer.Text(response.response(), STOPPED.equals(response.doneReason()));
    } catch (RuntimeException failed) {
      return BrokenCall.failure(failed, request.model(), clock);
    }
  }
}
