package relata.graph.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import relata.graph.generation.IndexAwayException;

/**
 * Speaks to the cluster over its REST API. A node that does not answer is followed by the next:
 * whatever is asked may be asked twice.
 */
@Singleton
final class OpenSearchClient {
  private static final int LONGEST_REASON = 300;

  private final ObjectMapper json = new ObjectMapper();

  private final OpenSearchConfig config;
  private final List<URI> nodes;
  private final HttpClient http;
  private final Semaphore permits;
  private final AtomicInteger preferred = new AtomicInteger();

  OpenSearchClient(OpenSearchConfig config) {
    this.config = config;
    nodes = config.url().orElse(List.of());
    http = HttpClient.newBuilder().connectTimeout(config.connectTimeout()).build();
    permits = new Semaphore(config.concurrentRequests(), true);
  }

  /** Waits for no answer: nobody is left to read it. */
  @PreDestroy
  void close() {
    http.shutdownNow();
  }

  boolean isConfigured() {
    return !nodes.isEmpty();
  }

  JsonNode get(String path) {
    return json("GET", path, null, "application/json");
  }

  JsonNode delete(String path) {
    return json("DELETE", path, null, "application/json");
  }

  JsonNode post(String path, Object body) {
    return json("POST", path, write(body), "application/json");
  }

  JsonNode put(String path, Object body) {
    return json("PUT", path, write(body), "application/json");
  }

  /** Lines of JSON, each ended by a line feed. */
  JsonNode postLines(String path, byte[] lines) {
    return json("POST", path, lines, "application/x-ndjson");
  }

  byte[] write(Object body) {
    try {
      return json.writeValueAsBytes(body);
    } catch (IOException impossible) {
      throw new IllegalArgumentException(impossible);
    }
  }

  private JsonNode json(String method, String path, byte[] body, String type) {
    HttpResponse<byte[]> response = inTurn(method, path, body, type);
    try {
      JsonNode answer = json.readTree(response.body());
      if (response.statusCode() >= 400) {
        throw failure(response.statusCode(), answer);
      }
      return answer;
    } catch (IOException unreadable) {
      throw new IndexAwayException(
          "OpenSearch answered %s with status %d and no JSON"
              .formatted(path, response.statusCode()),
          unreadable);
    }
  }

  /** What an answer, or a part of one, means that says what went wrong. */
  static RuntimeException failure(int status, JsonNode answer) {
    JsonNode error = answer.path("error");
    String reason = error.path("reason").asText(error.toString());
    OpenSearchException refused =
        new OpenSearchException(
            status,
            error.path("type").asText(),
            reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    return refused.isTemporary()
        ? new IndexAwayException("OpenSearch cannot now: " + refused.getMessage(), refused)
        : refused;
  }

  private HttpResponse<byte[]> inTurn(String method, String path, byte[] body, String type) {
    if (!isConfigured()) {
      throw new IndexAwayException("no OpenSearch is configured: set RELATA_OPENSEARCH_URL");
    }
    try {
      if (!permits.tryAcquire(config.waiting().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IndexAwayException("too many requests to OpenSearch are under way");
      }
      try {
        return send(method, path, body, type);
      } finally {
        permits.release();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IndexAwayException("interrupted while OpenSearch was asked", stopped);
    }
  }

  /** The node that answered last is asked first. */
  private HttpResponse<byte[]> send(String method, String path, byte[] body, String type)
      throws InterruptedException {
    int first = preferred.get();
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      int at = (first + i) % nodes.size();
      try {
        HttpResponse<byte[]> response = answer(request(nodes.get(at), method, path, body, type));
        preferred.set(at);
        return response;
      } catch (IOException away) {
        reasons.add(nodes.get(at) + ": " + away);
      }
    }
    throw new IndexAwayException("OpenSearch does not answer: " + String.join("; ", reasons));
  }

  /** Within the limit as a whole; the one of a request ends with the headers of its answer. */
  private HttpResponse<byte[]> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      return answer.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(failed.getCause());
    } catch (TimeoutException tooLong) {
      throw new HttpTimeoutException("no whole answer within " + config.timeout());
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest request(URI node, String method, String path, byte[] body, String type) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node + path))
            .timeout(config.timeout())
            .header("Content-Type", type)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    config
        .username()
        .ifPresent(
            name ->
                request.header(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString(
                                (name + ":" + config.password().orElse(""))
                                    .getBytes(StandardCharsets.UTF_8))));
    return request.build();
  }
}
