package relata.worker.ollama;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The part of Ollama's HTTP API that is used. */
@Path("/api")
@RegisterRestClient(configKey = "ollama")
interface OllamaApi {
  /**
   * @param truncate false: Ollama would else embed the beginning of a long text and say nothing
   * @param keepAlive how long the model stays loaded after the call, such as {@code 5m}
   */
  record EmbedRequest(
      String model,
      List<String> input,
      boolean truncate,
      @JsonProperty("keep_alive") String keepAlive) {}

  /** A vector for each input; null when the answer has none. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @SuppressWarnings("ArrayRecordComponent")
  record EmbedResponse(float[][] embeddings) {}

  @POST
  @Path("/embed")
  EmbedResponse embed(EmbedRequest request);
}
