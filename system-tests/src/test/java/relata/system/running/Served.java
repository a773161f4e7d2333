package relata.system.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that a tenant is answered, by what it asks: collections, documents, features, neighbours, the
 * graph, searches, statuses, generations, keys.
 */
final class Served {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What depends on when it is asked and on how busy the machine is. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("lastUsedAt", "ratePerSecond", "secondsLeft", "tookMillis", "asOf");

  private final Api api;
  private final Api admin;
  private final Map<String, JsonNode> answers = new TreeMap<>();

  private Served(Api api, Api admin) {
    this.api = api;
    this.admin = admin;
  }

  /**
   * Asks everything.
   *
   * @param words to search for in every collection, in every mode
   */
  static Map<String, JsonNode> to(Api api, Api admin, List<String> words) throws IOException {
    Served served = new Served(api, admin);
    served.keys();
    for (JsonNode collection : served.get("/v1/collections").path("collections")) {
      served.collection(collection.path("name").asText(), words);
    }
    return served.answers;
  }

  private void keys() throws IOException {
    note("GET /v1/keys", admin.json().get("/v1/keys").then().statusCode(200).extract().asString());
  }

  private void collection(String name, List<String> words) throws IOException {
    String path = "/v1/collections/" + name;
    for (String part :
        List.of("", "/status", "/generations", "/graph", "/graph/export", "/graph/statistics")) {
      get(path + part);
    }
    for (JsonNode document : get(path + "/documents?limit=100").path("documents")) {
      String one = path + "/documents/" + document.path("id").asText().replace("/", "%2F");
      for (String part : List.of("", "/features", "/neighbors")) {
        get(one + part);
      }
    }
    for (String text : words) {
      for (String mode : List.of("lexical", "semantic", "hybrid")) {
        String question = JSON.writeValueAsString(Map.of("text", text, "mode", mode, "limit", 50));
        note(
            "POST " + path + "/search " + question,
            api.json()
                .body(question)
                .post(path + "/search")
                .then()
                .statusCode(200)
                .extract()
                .asString());
      }
    }
  }

  private JsonNode get(String path) throws IOException {
    // The path is encoded already.
    return note(
        "GET " + path,
        api.json().urlEncodingEnabled(false).get(path).then().statusCode(200).extract().asString());
  }

  private JsonNode note(String question, String answer) throws IOException {
    JsonNode read = JSON.readTree(answer);
    forget(read);
    answers.put(question, read);
    return read;
  }

  private static void forget(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(OF_THE_MOMENT);
    }
    node.forEach(Served::forget);
  }
}
