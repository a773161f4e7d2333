package relata.worker.ollama;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import relata.worker.model.ModelFailure;

/** Makes calls of the REST client, and tells what became of those that brought no answer. */
@Singleton
final class RestCalls {
  /** Makes something of an answer's body. */
  @FunctionalInterface
  interface Reading<T> {
    T of(byte[] body) throws IOException;
  }

  private static final int PIECE = 16_384;

  private final int maxAnswer;
  private final Duration limit;
  private final Clock clock;

  RestCalls(
      OllamaConfig config,
      @ConfigProperty(name = "quarkus.rest-client.ollama.read-timeout") long limitMillis,
      Clock clock) {
    this.maxAnswer = (int) config.maxAnswer().asLongValue();
    this.limit = Duration.ofMillis(limitMillis);
    this.clock = clock;
  }

  /**
   * Makes a call.
   *
   * @param model is named in a failure
   * @param read makes something of an answer that is no error
   * @param failed makes the same of whatever else became of it
   */
  <T> T make(
      String model, Supplier<Response> call, Reading<T> read, Function<ModelFailure, T> failed) {
    long start = System.nanoTime();
    try (Response response = call.get()) {
      byte[] body = body(response, start);
      return response.getStatus() < 400
          ? read.of(body)
          : failed.apply(error(response, body, model));
    } catch (IOException | TimeoutException | RuntimeException broken) {
      ModelFailure failure = OllamaFailures.ofException(broken);
      if (failure.code().equals(ModelFailure.INTERRUPTED)) {
        // The client's library forgets that the thread was told to stop.
        Thread.currentThread().interrupt();
      }
      return failed.apply(failure);
    }
  }

  /**
   * The client reads whatever comes, and its time limit is for the silence between two bytes: an
   * answer without an end would take the worker's memory, one that drips a permit for ever.
   */
  private byte[] body(Response response, long start) throws IOException, TimeoutException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(PIECE);
    if (response.hasEntity()) {
      InputStream stream = response.readEntity(InputStream.class);
      byte[] piece = new byte[PIECE];
      for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
        if (body.size() + length > maxAnswer) {
          throw new AnswerTooLong(maxAnswer);
        }
        if (System.nanoTime() - start > limit.toNanos()) {
          throw new TimeoutException();
        }
        body.write(piece, 0, length);
      }
    }
    return body.toByteArray();
  }

  private ModelFailure error(Response response, byte[] body, String model) {
    return OllamaFailures.ofStatus(
        response.getStatus(),
        response.getHeaderString(HttpHeaders.RETRY_AFTER),
        words(new String(body, StandardCharsets.UTF_8)),
        model,
        clock);
  }

  /** Ollama's own words; a proxy's page as it is. */
  private static String words(String body) {
    try {
      return body.startsWith("{") ? new JsonObject(body).getString("error", body) : body;
    } catch (DecodeException | ClassCastException unreadable) {
      return body;
    }
  }
}
