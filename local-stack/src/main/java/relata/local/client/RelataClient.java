package relata.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Relata's REST API. Methods throw {@link ApiException} with the API's own words; an API that is
 * busy (503) is asked again a few times.
 */
public final class RelataClient implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
  private static final int TRIES = 5;
  private static final int EXPORT_BUFFER = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final Optional<String> key;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  /**
   * Asks an API that is open.
   *
   * @param base {@code http://host:port}
   */
  public RelataClient(String base) {
    this(base, Optional.empty());
  }

  /**
   * @param key to be sent with every request; empty where the API is open
   */
  public RelataClient(String base, Optional<String> key) {
    this.base = base.replaceFirst("/+$", "");
    this.key = key;
  }

  public String base() {
    return base;
  }

  /** The names of all collections. */
  public List<String> collections() {
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = get("/v1/collections" + after);
      page.path("collections").forEach(collection -> names.add(collection.path("name").asText()));
      after = page.path("next").isTextual() ? "?after=" + encoded(page.get("next").asText()) : "";
    } while (!after.isEmpty());
    return List.copyOf(names);
  }

  /** Creates a collection with the default recipe unless it is there. */
  public void ensureCollection(String name) {
    ensureCollection(name, JSON.createObjectNode());
  }

  /**
   * Creates a collection unless it is there.
   *
   * @param recipe what is not to be the default
   */
  public void ensureCollection(String name, ObjectNode recipe) {
    if (collections().contains(name)) {
      return;
    }
    ObjectNode collection = JSON.createObjectNode().put("name", name);
    if (!recipe.isEmpty()) {
      collection.set("recipe", recipe);
    }
    try {
      post("/v1/collections", "application/json", collection.toString());
    } catch (ApiException refused) {
      // Somebody else may have created it in the meantime; but a model may be missing, too.
      if (refused.status() != 409 || !collections().contains(name)) {
        throw refused;
      }
    }
  }

  /** A collection with the recipe that serves. */
  public JsonNode collection(String collection) {
    return get(path(collection));
  }

  public JsonNode status(String collection) {
    return get(path(collection) + "/status");
  }

  /** The index that the collection is searched by. */
  public JsonNode index(String collection) {
    return get(path(collection) + "/index");
  }

  /**
   * @param mode {@code hybrid}, {@code semantic} or {@code lexical}
   */
  public JsonNode search(String collection, String text, String mode, int limit) {
    return search(
        collection,
        JSON.createObjectNode().put("text", text).put("mode", mode).put("limit", limit));
  }

  /**
   * @param question all that is asked, as the API takes it
   */
  public JsonNode search(String collection, ObjectNode question) {
    return json(post(path(collection) + "/search", "application/json", question.toString()));
  }

  public JsonNode neighbors(String collection, String id) {
    return get(path(collection) + "/documents/" + encoded(id) + "/neighbors");
  }

  /** The documents with most edges, and the edges among them. */
  public JsonNode graph(String collection, int top) {
    return get(path(collection) + "/graph?top=" + top);
  }

  /** Figures of the whole graph. */
  public JsonNode statistics(String collection) {
    return get(path(collection) + "/graph/statistics");
  }

  /** The way between two documents. */
  public JsonNode path(String collection, String from, String to) {
    return get(
        path(collection) + "/graph/path?from=%s&to=%s".formatted(encoded(from), encoded(to)));
  }

  /** The largest communities. */
  public JsonNode communities(String collection, int limit, double resolution) {
    return get(
        path(collection)
            + "/graph/communities?limit=%d&resolution=%s".formatted(limit, resolution));
  }

  /** Groups of documents that are nearly the same. */
  public JsonNode duplicates(String collection, int limit, double minSimilarity) {
    return get(
        path(collection)
            + "/graph/duplicates?limit=%d&minSimilarity=%s".formatted(limit, minSimilarity));
  }

  /**
   * Writes the whole graph, as it comes.
   *
   * @param format {@code json} or {@code graphml}
   * @throws ApiException also if it broke off: what was written by then is not whole
   * @throws IOException if it cannot be written
   */
  public void export(String collection, String format, OutputStream target) throws IOException {
    String path = path(collection) + "/graph/export?format=" + encoded(format);
    byte[] buffer = new byte[EXPORT_BUFFER];
    try (InputStream graph = send(request(path).GET().build(), BodyHandlers.ofInputStream())) {
      for (int count = read(graph, buffer); count >= 0; count = read(graph, buffer)) {
        target.write(buffer, 0, count);
      }
    }
  }

  private static int read(InputStream graph, byte[] buffer) {
    try {
      return graph.read(buffer);
    } catch (IOException brokenOff) {
      throw new ApiException("The export broke off and is not whole. Try again.", brokenOff);
    }
  }

  /** A page of the documents with the state of each. */
  public JsonNode documents(String collection, int limit, String after) {
    String from = after.isEmpty() ? "" : "&after=" + encoded(after);
    return get(path(collection) + "/documents?limit=" + limit + from);
  }

  /** A document's features, or why it has none yet. */
  public JsonNode features(String collection, String id) {
    return get(path(collection) + "/documents/" + encoded(id) + "/features");
  }

  /**
   * Creates or replaces a document.
   *
   * @param document JSON: {@code title}, {@code body}, {@code format}, {@code metadata}
   */
  public JsonNode put(String collection, String id, String document) {
    return json(put(path(collection) + "/documents/" + encoded(id), document));
  }

  /** Changes the recipe, as JSON; a new generation is made with it. */
  public JsonNode putRecipe(String collection, String recipe) {
    return json(put(path(collection) + "/recipe", recipe));
  }

  /** Imports documents; there is one answer for each line. */
  public List<BulkAnswer> bulk(String collection, List<String> lines) {
    String answer =
        post(
            path(collection) + "/documents:bulk",
            "application/x-ndjson",
            String.join("\n", lines) + "\n");
    List<BulkAnswer> answers =
        answer
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> BulkAnswer.of(json(line)))
            .toList();
    if (answers.size() != lines.size()) {
      throw new ApiException(
          200,
          "The API answered %d of %d lines; import again, nothing is done twice."
              .formatted(answers.size(), lines.size()));
    }
    return answers;
  }

  @Override
  public void close() {
    // Whoever asked has their answer, or has given it up.
    http.shutdownNow();
  }

  JsonNode get(String path) {
    return json(send(request(path).GET().build()));
  }

  void delete(String path) {
    String none = send(request(path).DELETE().build());
    if (!none.isEmpty()) {
      throw new ApiException(200, "The answer should be empty. Is this Relata's API?");
    }
  }

  JsonNode post(String path, String body) {
    return json(post(path, "application/json", body));
  }

  private String post(String path, String type, String body) {
    return send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build());
  }

  private String put(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build());
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

  private static String path(String collection) {
    return "/v1/collections/" + encoded(collection);
  }

  static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException notJson) {
      throw new ApiException("The answer is no JSON. Is this Relata's API?", notJson);
    }
  }
}
