package relata.worker.ollama;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import relata.worker.catalog.KeepAlive;
import relata.worker.model.ModelAnswer;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelServer;
import relata.worker.profile.Profiles;

/** Ollama, or what speaks like it. */
@Singleton
final class OllamaModelServer implements ModelServer {
  private final OllamaApi api;
  private final OllamaConfig config;
  private final Profiles profiles;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Counter inputCount;
  private final Timer duration;

  OllamaModelServer(
      @RestClient OllamaApi api,
      OllamaConfig config,
      Profiles profiles,
      Clock clock,
      MeterRegistry meters) {
    this.api = api;
    this.config = config;
    this.profiles = profiles;
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
      var response = api.embed(new OllamaApi.EmbedRequest(model, inputs, false, keepAlive(model)));
      return EmbeddingCheck.check(response == null ? null : response.embeddings(), inputs.size());
    } catch (ProcessingException broken) {
      return failed(broken, model);
    } catch (WebApplicationException error) {
      return failed(error, model);
    } catch (RuntimeException broken) {
      return OllamaFailures.ofException(broken);
    }
  }

  private String keepAlive(String model) {
    return profiles.keeps(model) ? KeepAlive.PINNED.value() : config.keepAlive();
  }

  private ModelFailure failed(ProcessingException broken, String model) {
    // An answer that cannot be read arrives as the one inside the other.
    return broken.getCause() instanceof WebApplicationException error
        ? failed(error, model)
        : OllamaFailures.ofException(broken);
  }

  private ModelFailure failed(WebApplicationException error, String model) {
    try (Response response = error.getResponse()) {
      if (response.getStatus() < 400) {
        return OllamaFailures.ofException(error);
      }
      String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
      return OllamaFailures.ofStatus(
          response.getStatus(), retryAfter, error(response), model, clock);
    }
  }

  /** Ollama's own words; a proxy's page as it is. */
  private static String error(Response response) {
    try {
      String body = response.hasEntity() ? response.readEntity(String.class) : "";
      return body.startsWith("{") ? new JsonObject(body).getString("error", body) : body;
    } catch (RuntimeException unreadable) {
      return "";
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
