package relata.worker.ollama;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import relata.worker.model.ModelReply;
import relata.worker.model.ModelServer;

/** Ollama, or what speaks like it. */
@Singleton
final class OllamaModelServer implements ModelServer {
  private final OllamaApi api;
  private final RestCalls calls;
  private final OllamaKeepAlive keepAlive;
  private final JsonFactory json;

  OllamaModelServer(
      @RestClient OllamaApi api, RestCalls calls, OllamaKeepAlive keepAlive, ObjectMapper mapper) {
    this.api = api;
    this.calls = calls;
    this.keepAlive = keepAlive;
    this.json = mapper.getFactory();
  }

  @Override
  public ModelReply embed(String model, List<String> inputs) {
    return calls.<ModelReply>make(
        model,
        () -> api.embed(new OllamaApi.EmbedRequest(model, inputs, false, keepAlive.of(model))),
        body -> new UnreadEmbeddings(json, body, inputs.size()),
        failure -> failure);
  }
}
