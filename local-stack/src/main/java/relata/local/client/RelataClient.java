package relata.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Relata's REST API. Methods throw {@link ApiException} with the API's own words; an API that is
 * busy (503) is asked again a few times.
 */
public final class RelataClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Requests requests;

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
    requests = new Requests(base, key);
  }

  public String base() {
    return requests.base();
  }

  /** The names of all collections. */
  public List<String> collections() {
    List<String> names = new ArrayList<>();
    String after = "";
    do {
      JsonNode page = requests.get("/v1/collections" + after);
      page.path("collections").forEach(collection -> names.add(collection.path("name").asText()));
      after =
          page.path("next").isTextual()
              ? "?after=" + Requests.encoded(page.get("next").asText())
              : "";
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
      requests.postText("/v1/collections", "application/json", collection.toString());
    } catch (ApiException refused) {
      // Somebody else may have created it in the meantime; but a model may be missing, too.
      if (refused.status() != 409 || !collections().contains(name)) {
        throw refused;
      }
    }
  }

  /** A collection with the recipe that serves. */
  public JsonNode collection(String collection) {
    return requests.get(path(collection));
  }

  public JsonNode status(String collection) {
    return requests.get(path(collection) + "/status");
  }

  /** The index that the collection is searched by. */
  public JsonNode index(String collection) {
    return requests.get(path(collection) + "/index");
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
    return requests.post(path(collection) + "/search", question.toString());
  }

  public JsonNode neighbors(String collection, String id) {
    return requests.get(path(collection) + "/documents/" + Requests.encoded(id) + "/neighbors");
  }

  /** The documents with most edges, and the edges among them. */
  public JsonNode graph(String collection, int top) {
    return requests.get(path(collection) + "/graph?top=" + top);
  }

  /** Figures of the whole graph. */
  public JsonNode statistics(String collection) {
    return requests.get(path(collection) + "/graph/statistics");
  }

  /** The way between two documents. */
  public JsonNode path(String collection, String from, String to) {
    return requests.get(
        path(collection)
            + "/graph/path?from=%s&to=%s".formatted(Requests.encoded(from), Requests.encoded(to)));
  }

  /** The largest communities. */
  public JsonNode communities(String collection, int limit, double resolution) {
    return requests.get(
        path(collection)
            + "/graph/communities?limit=%d&resolution=%s".formatted(limit, resolution));
  }

  /** Groups of documents that are nearly the same. */
  public JsonNode duplicates(String collection, int limit, double minSimilarity) {
    return requests.get(
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
    requests.copy(path(collection) + "/graph/export?format=" + Requests.encoded(format), target);
  }

  /** A page of the documents with the state of each. */
  public JsonNode documents(String collection, int limit, String after) {
    String from = after.isEmpty() ? "" : "&after=" + Requests.encoded(after);
    return requests.get(path(collection) + "/documents?limit=" + limit + from);
  }

  /** A document's features, or why it has none yet. */
  public JsonNode features(String collection, String id) {
    return requests.get(path(collection) + "/documents/" + Requests.encoded(id) + "/features");
  }

  /**
   * Creates or replaces a document.
   *
   * @param document JSON: {@code title}, {@code body}, {@code format}, {@code metadata}
   */
  public JsonNode put(String collection, String id, String document) {
    return requests.put(path(collection) + "/documents/" + Requests.encoded(id), document);
  }

  /** Changes the recipe, as JSON; a new generation is made with it. */
  public JsonNode putRecipe(String collection, String recipe) {
    return requests.put(path(collection) + "/recipe", recipe);
  }

  /** Imports documents; there is one answer for each line. */
  public List<BulkAnswer> bulk(String collection, List<String> lines) {
    String answer =
        requests.postText(
            path(collection) + "/documents:bulk",
            "application/x-ndjson",
            String.join("\n", lines) + "\n");
    List<BulkAnswer> answers =
        answer
            .lines()
            .filter(line -> !line.isBlank())
            .map(line -> BulkAnswer.of(Requests.json(line)))
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
    requests.close();
  }

  /** For clients of other parts of the API. */
  Requests requests() {
    return requests;
  }

  private static String path(String collection) {
    return "/v1/collections/" + Requests.encoded(collection);
  }
}
