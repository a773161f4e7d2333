package relata.api.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** Whatever comes as a body, whoever sent it is told what is wrong. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BodyIT {
  private static final Map<String, String> OPERATIONS =
      Map.of(
          "/v1/collections", "POST",
          "/v1/prompts", "POST",
          "/v1/collections/{c}/recipe", "PUT",
          "/v1/collections/{c}/queries/q", "PUT",
          "/v1/collections/{c}/documents/a", "PUT",
          "/v1/collections/{c}/documents/a/features", "PUT",
          "/v1/collections/{c}/search", "POST");

  private String collection;

  @BeforeEach
  void collectionWithADocument() {
    collection = Collections.create("{\"embed\":{\"source\":\"client\",\"dimension\":1}}");
    Collections.put(collection, "a", "A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[null]",
        "7",
        "\"x\"",
        "true",
        "{",
        "{\"x\":1}",
        "{\"name\":1,\"text\":{},\"title\":[],\"version\":\"x\",\"embed\":7}",
        "{\"name\":null,\"chunks\":[null],\"template\":null,\"text\":null,\"split\":null}",
        "{\"name\":\"\\ud800\",\"text\":\"\\u0000\",\"describe\":{\"prompt\":\"\\u0000\"}}",
        "{\"version\":1e999,\"chunks\":{},\"edges\":{\"minSimilarity\":1e999}}",
      })
  void bodyThatCannotBeIsRefused(String body) {
    OPERATIONS.forEach(
        (path, method) ->
            given()
                .contentType(ContentType.JSON)
                .body(body.getBytes(UTF_8))
                .pathParams(path.contains("{c}") ? Map.of("c", collection) : Map.of())
                .request(method, path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", notNullValue()));
  }

  @Test
  void everyWrongFieldOfARecipeIsNamed() {
    Map<String, String> wrong =
        Map.ofEntries(
            Map.entry("describe.model", "{\"describe\":{\"model\":\"\"}}"),
            Map.entry("describe.prompt", "{\"describe\":{\"prompt\":\"none-such\"}}"),
            Map.entry("describe.promptSha256", "{\"describe\":{\"promptSha256\":\"x\"}}"),
            Map.entry("describe.maxInputLength", "{\"describe\":{\"maxInputLength\":199}}"),
            Map.entry("describe.maxLength", "{\"describe\":{\"maxLength\":4001}}"),
            Map.entry("embed.model", "{\"embed\":{\"model\":\"a b\"}}"),
            Map.entry("embed.source", "{\"embed\":{\"source\":\"mine\"}}"),
            Map.entry("embed.dimension", "{\"embed\":{\"source\":\"client\"}}"),
            Map.entry("embed.documentPrefix", "{\"embed\":{\"documentPrefix\":7}}"),
            Map.entry("split.skip", "{\"split\":{\"skip\":[\"mermaid\"]}}"),
            Map.entry("split.overlap", "{\"split\":{\"chunkSize\":100,\"overlap\":51}}"),
            Map.entry("edges.maxNeighbors", "{\"edges\":{\"maxNeighbors\":1.5}}"),
            Map.entry("gate.switch", "{\"gate\":{\"switch\":\"never\"}}"),
            Map.entry("gate.minNdcg", "{\"gate\":{\"minNdcg\":1.01}}"),
            Map.entry("gate.sample", "{\"gate\":{\"sample\":0}}"),
            Map.entry("gate", "{\"gate\":null}"));
    wrong.forEach(
        (field, recipe) ->
            given()
                .contentType(ContentType.JSON)
                .body(recipe)
                .put("/v1/collections/{c}/recipe", collection)
                .then()
                .statusCode(400)
                .body("errors.field", is(List.of(field))));
  }
}
