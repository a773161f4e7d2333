package relata.worker.ollama;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import relata.worker.model.ModelFailure;

/**
 * Small calls to the model server with a time limit each, which the REST client has for all of its
 * calls alike: a list is there at once, loading takes a minute. A call whose time is up is broken
 * off, so that a server that answers nothing does not collect connections.
 */
@Singleton
class OllamaHttp {
  private static final int CONNECTIONS = 4;

  /** An answer, or what stands for it. */
  sealed interface Answer {
    record Json(JsonObject body) implements Answer {}

    record Failed(ModelFailure failure) implements Answer {}
  }

  private record Response(int status, String retryAfter, Buffer body) {}

  private final HttpClient client;
  private final String url;
  private final long maxAnswer;
  private final Clock clock;

  OllamaHttp(
      Vertx vertx,
      @ConfigProperty(name = "quarkus.rest-client.ollama.url") String url,
      OllamaConfig config,
      Clock clock) {
    this.client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(CONNECTIONS));
    this.url = url.replaceAll("/+$", "");
    this.maxAnswer = config.maxAnswer().asLongValue();
    this.clock = clock;
  }

  Answer get(String path, Duration limit) {
    return call(HttpMethod.GET, path, null, "", limit);
  }

  /** {@code model} is named in a failure. */
  Answer post(String path, JsonObject body, Duration limit) {
    return call(HttpMethod.POST, path, body.toBuffer(), body.getString("model"), limit);
  }

  private Answer call(HttpMethod method, String path, Buffer body, String model, Duration limit) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setAbsoluteURI(url + path)
            .setTimeout(limit.toMillis())
            .putHeader("Content-Type", "application/json");
    CompletableFuture<HttpClientRequest> sent = new CompletableFuture<>();
    CompletableFuture<Response> answered =
        client
            .request(options)
            .compose(request -> send(request, body, sent))
            .toCompletionStage()
            .toCompletableFuture();
    try {
      return read(answered.get(limit.toMillis(), TimeUnit.MILLISECONDS), model);
    } catch (TimeoutException late) {
      breakOff(sent);
      return new Answer.Failed(OllamaFailures.ofException(late));
    } catch (ExecutionException failed) {
      return new Answer.Failed(OllamaFailures.ofException(failed.getCause()));
    } catch (InterruptedException stopping) {
      breakOff(sent);
      Thread.currentThread().interrupt();
      return new Answer.Failed(OllamaFailures.ofException(stopping));
    }
  }

  /** One that is not sent yet has its own limit. */
  private static void breakOff(CompletableFuture<HttpClientRequest> sent) {
    HttpClientRequest request = sent.getNow(null);
    if (request != null) {
      request.reset();
    }
  }

  private Future<Response> send(
      HttpClientRequest request, Buffer body, CompletableFuture<HttpClientRequest> sent) {
    sent.complete(request);
    return (body == null ? request.send() : request.send(body))
        .compose(
            response ->
                BoundedBody.of(response, maxAnswer)
                    .map(
                        read ->
                            new Response(
                                response.statusCode(), response.getHeader("Retry-After"), read)));
  }

  private Answer read(Response response, String model) {
    try {
      if (response.status() < 400) {
        return new Answer.Json(new JsonObject(response.body()));
      }
    } catch (DecodeException | ClassCastException unreadable) {
      return new Answer.Failed(
          new ModelFailure.Refused("not_json", "The model server's answer cannot be read.", false));
    }
    return new Answer.Failed(
        OllamaFailures.ofStatus(
            response.status(), response.retryAfter(), error(response.body()), model, clock));
  }

  private static String error(Buffer body) {
    String text = body.toString();
    try {
      return text.startsWith("{") ? new JsonObject(text).getString("error", text) : text;
    } catch (DecodeException | ClassCastException unreadable) {
      return text;
    }
  }
}
