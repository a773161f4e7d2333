package relata.worker.ollama;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The part of Ollama's HTTP API that is used. Answers come as they are, errors too: what an
 * exception for each refused call costs is more than the call.
 */
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

  /**
   * @param stream false: the answer is one piece of JSON
   * @param think false: a model that could think aloud would do so within its few tokens
   */
  record GenerateRequest(
      String model,
      String prompt,
      boolean stream,
      boolean think,
      @JsonProperty("keep_alive") String keepAlive,
      GenerateOptions options) {}

  /**
   * @param temperature 0 and a fixed seed: the same prompt always gives the same answer
   * @param maxTokens of the answer
   * @param contextTokens of prompt and answer; of a longer prompt the server leaves out a part
   */
  record GenerateOptions(
      int temperature,
      int seed,
      @JsonProperty("num_predict") int maxTokens,
      @JsonProperty("num_ctx") int contextTokens) {}

  /**
   * @param doneReason {@code length} when the model was stopped before its end; null when the
   *     server does not say
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record GenerateResponse(String response, @JsonProperty("done_reason") String doneReason) {}

  @POST
  @Path("/embed")
  Response embed(EmbedRequest request);

  @POST
  @Path("/generate")
  Response generate(GenerateRequest request);
}
