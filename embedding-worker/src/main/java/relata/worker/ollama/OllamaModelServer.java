package relata.worker.ollama;

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

  OllamaModelServer(@RestClient OllamaApi api, OllamaKeepAlive keepAlive, Clock clock) {
    this.api = api;
    this.keepAlive = keepAlive;
    this.clock = clock;
  }

  @Override
  public ModelAnswer embed(String model, List<String> inputs) {
    ModelAnswer answer = call(model, inputs);
    if (answer instanceof ModelFailure.Busy busy && busy.code().equals(ModelFailure.INTERRUPTED)) {
      // The client's library forgets that the thread was told to stop.
      Thread.currentThread().interrupt();
    }
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
}
