package relata.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String base;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

  /**
   * @param base {@code http://host:port}
   */
  public RelataClient(String base) {
    this.base = base.replaceFirst("/+$", "");
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

  private JsonNode get(String path) {
    return json(send(request(path).GET().build()));
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
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER_LIMIT);
  }

  private String send(HttpRequest request) {
    try {
      for (int attempt = 1; ; attempt++) {
        HttpResponse<String> response = answer(request);
        if (response.statusCode() == 503 && attempt < TRIES) {
          Thread.sleep(waitFor(response));
        } else if (response.statusCode() >= 400) {
          throw new ApiException(
              response.statusCode(), Problems.words(response.statusCode(), response.body()));
        } else {
          return response.body();
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

  /** Within the limit as a whole; the one of a request ends with the headers of its answer. */
  private HttpResponse<String> answer(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
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

  private static String encoded(String segment) {
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
