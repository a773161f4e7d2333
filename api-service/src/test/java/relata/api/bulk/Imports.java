package relata.api.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.Collectors;
import relata.api.testing.Database;

/** Sends imports and reads their answers. */
final class Imports {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Imports() {}

  static String lines(List<Integer> ids) {
    return ids.stream()
        .map(i -> "{\"id\":\"%d\",\"title\":\"Title %d\"}".formatted(i, i))
        .collect(Collectors.joining("\n"));
  }

  /** The answers, each as line, id, outcome and version. */
  static List<String> summaries(String collection, String lines) {
    return answers(collection, lines).stream().map(Imports::summary).toList();
  }

  static String summary(JsonNode answer) {
    return "%s %s %s %s"
        .formatted(
            answer.get("line"),
            answer.path("id").asText("null"),
            answer.get("outcome").asText(),
            answer.path("version").asText("null"));
  }

  static String outcomeAndField(JsonNode answer) {
    return "%s %s %s %s"
        .formatted(
            answer.get("line"),
            answer.path("id").asText("null"),
            answer.get("outcome").asText(),
            answer.at("/error/field").asText("null"));
  }

  /** The answers to an import that was dealt with. */
  static List<JsonNode> answers(String collection, String lines) {
    Response response = bulk(collection, lines);
    response.then().statusCode(200).contentType("application/x-ndjson");
    return response.asString().lines().map(Imports::json).toList();
  }

  static Response bulk(String collection, String lines) {
    return given()
        .contentType("application/x-ndjson")
        .urlEncodingEnabled(false)
        .body(lines.getBytes(UTF_8))
        .post("/v1/collections/" + collection + "/documents:bulk");
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException broken) {
      throw new AssertionError(broken);
    }
  }

  /** How many documents the collection has. */
  static long documents(String collection) {
    return Database.number(
        """
        select count(*) from content.document d join content.collection c on c.id = d.collection_id
         where c.name = ?""",
        collection);
  }
}
