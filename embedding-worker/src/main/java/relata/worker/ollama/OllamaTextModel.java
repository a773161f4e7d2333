package relata.worker.ollama;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
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
  private final RestCalls calls;
  private final ObjectMapper mapper;
  private final Timer duration;

  OllamaTextModel(
      @RestClient OllamaApi api,
      RestCalls calls,
      OllamaKeepAlive keepAlive,
      ObjectMapper mapper,
      MeterRegistry meters) {
    this.api = api;
    this.keepAlive = keepAlive;
    this.calls = calls;
    this.mapper = mapper;
    this.duration =
        Timer.builder("relata.description.duration")
            .description("Time of a call that writes a description")
            .register(meters);
  }

  @Override
  public TextAnswer write(Request request) {
    return duration.record(
        () ->
            calls.<TextAnswer>make(
                request.model(),
                () -> api.generate(wanted(request)),
                body -> text(mapper.readValue(body, OllamaApi.GenerateResponse.class)),
                failure -> failure));
  }

  private OllamaApi.GenerateRequest wanted(Request request) {
    return new OllamaApi.GenerateRequest(
        request.model(),
        request.prompt(),
        false,
        false,
        keepAlive.of(request.model()),
        new OllamaApi.GenerateOptions(0, SEED, request.maxTokens(), request.contextTokens()));
  }

  private static TextAnswer text(OllamaApi.GenerateResponse response) {
    return response == null || response.response() == null
        ? new ModelFailure.Refused("no_text", "The model's answer has no text.", false)
        : new TextAnswer.Text(response.response(), STOPPED.equals(response.doneReason()));
  }
}
