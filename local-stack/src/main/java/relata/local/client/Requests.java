package relata.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the API, and its answers. A refusal is an {@link ApiException} with the API's own
 * words; an API that is busy (503) is asked again a few times.
 */
final class Requests implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int TRIES = 5;
  private static final int BUFFER = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final Optional<String> key;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  Requests(String base, Optional<String> key) {
    this.base = base.replaceFirst("/+$", "");
    this.key = key;
  }

  String base() {
    return base;
  }

  JsonNode get(String path) {
    return json(send(request(path).GET().build()));
  }

  JsonNode post(String path, String body) {
    return json(postText(path, "application/json", body));
  }

  /** What is answered, as it is. */
  String postText(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
  }

  JsonNode put(String path, String body) {
    return json(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build()));
  }

  void delete(String path) {
    String none = send(request(path).DELETE().build());
    if (!none.isEmpty()) {
      throw new ApiException(200, "The answer should be empty. Is this Relata's API?");
    }
  }

  /**
   * Writes an export, as it comes.
   *
   * @throws ApiException also if it broke off: what was written by then is not whole
   * @throws IOException if it cannot be written
   */
  void copy(String path, OutputStream target) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream export = send(request(path).GET().build(), BodyHandlers.ofInputStream())) {
      for (int count = read(export, buffer); count >= 0; count = read(export, buffer)) {
        target.write(buffer, 0, count);
      }
    }
  }

  private static int read(InputStream export, byte[] buffer) {
    try {
      return export.read(buffer);
    } catch (IOException brokenOff) {
      throw new ApiException("The export broke off and is not whole. Try again.", brokenOff);
    }
  }

  @Override
  public void close() {
    // Whoever asked has their answer, or has given it up.
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_LIMIT);
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private String send(HttpRequest request) {
    return send(request, BodyHandlers.ofString());
  }

  /**
   * @param whenWell takes the body of an answer that is no refusal
   */
  private <T> T send(HttpRequest request, BodyHandler<T> whenWell) {
    try {
      for (int attempt = 1; ; attempt++) {
        HttpResponse<Body<T>> response = answer(request, Body.orRefusal(whenWell));
        if (response.statusCode() == 503 && attempt < TRIES) {
          Thread.sleep(waitFor(response));
        } else if (response.statusCode() >= 400) {
          throw new ApiException(
              response.statusCode(),
              Problems.words(response.statusCode(), response.body().refusal()));
        } else {
          return response.body().well();
        }
      }
    } catch (IOException failed) {
      throw new ApiException(
          "No answer from %s (%s). Is the stack up? ./relata up starts one; --url names another."
              .formatted(base, failed.getClass().getSimpleName()),
          failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new ApiException("Interrupted.", interrupted);
    }
  }

  /** What came: one of the two, the other is null. */
  private record Body<T>(T well, String refusal) {
    private static <T> BodyHandler<Body<T>> orRefusal(BodyHandler<T> whenWell) {
      return head ->
          head.statusCode() < 400
              ? BodySubscribers.mapping(whenWell.apply(head), well -> new Body<>(well, null))
              : BodySubscribers.mapping(
                  BodySubscribers.ofString(StandardCharsets.UTF_8),
                  refusal -> new Body<>(null, refusal));
    }
  }

  /**
   * Within the limit as a whole, but for what is read as a stream; the limit of a request ends with
   * the headers of its answer.
   */
  private <T> HttpResponse<T> answer(HttpRequest request, BodyHandler<T> body)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
    try {
      return answer.get(ANSWER_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException known
          ? known
          : new IOException(failed.getCause());
    } catch (TimeoutException tooLong) {
      throw new HttpTimeoutException("no whole answer within " + ANSWER_LIMIT);
    } finally {
      answer.cancel(true);
    }
  }

  private static Duration waitFor(HttpResponse<?> busy) {
    Duration asked =
        busy.headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("\\d{1,6}"))
            .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
            .orElse(Duration.ofSeconds(1));
    return asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new ApiException("The answer is no JSON. Is this Relata's API?", notJson);
    }
  }
}
