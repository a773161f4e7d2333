package relata.worker.ollama;

import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import relata.worker.model.ModelFailure;

/** Finds out what a call of the REST client met that gave no answer. */
final class BrokenCall {
  private BrokenCall() {}

  /** The failure that the exception stands for. */
  static ModelFailure failure(RuntimeException thrown, String model, Clock clock) {
    return switch (thrown) {
      case WebApplicationException error -> failure(error, model, clock);
      // An answer that cannot be read arrives as the one inside the other.
      case ProcessingException broken when broken.getCause() instanceof WebApplicationException e ->
          failure(e, model, clock);
      default -> OllamaFailures.ofException(thrown);
    };
  }

  private static ModelFailure failure(WebApplicationException error, String model, Clock clock) {
    try (Response response = error.getResponse()) {
      if (response.getStatus() < 400) {
        return OllamaFailures.ofException(error);
      }
      String retryAfter = response.getHeaderString(HttpHeaders.RETRY_AFTER);
      return OllamaFailures.ofStatus(
          response.getStatus(), retryAfter, words(response), model, clock);
    }
  }

  /** Ollama's own words; a proxy's page as it is. */
  private static String words(Response response) {
    try {
      String body = response.hasEntity() ? response.readEntity(String.class) : "";
      return body.startsWith("{") ? new JsonObject(body).getString("error", body) : body;
    } catch (RuntimeException unreadable) {
      return "";
    }
  }
}
