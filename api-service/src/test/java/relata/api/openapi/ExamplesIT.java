package relata.api.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import relata.api.access.Operations;
import relata.api.access.Operations.Operation;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.api.testing.GraphServiceFake;
import relata.local.testing.BackendsResource;

/** What the description shows as bodies of requests can be sent as it is. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@QuarkusTestResource(GraphServiceFake.class)
class ExamplesIT {
  private static final int BODIES = 12;
  private static final String DOCUMENT = "heat.md";

  @Test
  void everyBodyHasExamplesAndEachIsTaken() throws JsonProcessingException {
    JsonNode document =
        new ObjectMapper()
            .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
    int bodies = 0;
    for (Operation operation : Operations.all()) {
      if (!operation.bodyType().isEmpty()) {
        JsonNode examples = examples(document, operation);
        assertFalse(examples.isEmpty(), operation::toString);
        examples.forEach(
            example -> assertTaken(operation + " " + example, send(operation, example)));
        bodies++;
      }
    }
    assertEquals(BODIES, bodies);
  }

  private static JsonNode examples(JsonNode document, Operation operation) {
    JsonNode schema =
        document
            .path("paths")
            .path(operation.path())
            .path(operation.method().toLowerCase(Locale.ROOT))
            .path("requestBody")
            .path("content")
            .path(operation.bodyType())
            .path("schema");
    return document.at(schema.path("$ref").asText().substring(1)).path("examples");
  }

  /** Sent where it has a meaning: to a collection of its own, with a document. */
  private static Response send(Operation operation, JsonNode example) {
    String collection = Collections.create("{\"embed\":{\"source\":\"client\",\"dimension\":3}}");
    Collections.put(collection, DOCUMENT, "Heat");
    GraphServiceFake.reply(
        "/internal/generations/%d/search".formatted(Database.generation(collection)),
        200,
        "{\"mode\":\"hybrid\",\"semanticAvailable\":true,\"hits\":[]}");
    String path = operation.path();
    if (path.equals("/v1/collections")) {
      given().delete("/v1/collections/{c}", example.path("name").asText());
    }
    String target =
        path.replace("{collection}", collection)
            .replace("{id}", DOCUMENT)
            .replace("{name}", "heat")
            .replace("{key}", path.contains("{key}") ? key() : "");
    return given()
        .urlEncodingEnabled(false)
        .header("Content-Type", operation.bodyType())
        .body(example.toString().getBytes(StandardCharsets.UTF_8))
        .request(operation.method(), target);
  }

  private static String key() {
    return given()
        .contentType(ContentType.JSON)
        .body("{\"name\":\"rotated\",\"scopes\":[\"read\"]}")
        .post("/v1/keys")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private static void assertTaken(String what, Response answer) {
    String said = answer.asString();
    assertTrue(answer.statusCode() < 300, what + ": " + answer.statusCode() + " " + said);
    assertFalse(said.contains("\"rejected\""), what + ": " + said);
  }
}
