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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;
import relata.local.testing.BackendsResource;

/** The description of the API, as clients are made from it, leaves nothing out. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class OpenApiIT {
  /** Of no operation: the path, the method or the headers are not the API's. */
  private static final Set<ProblemType> OF_NO_OPERATION =
      EnumSet.of(
          ProblemType.REFUSED,
          ProblemType.UNKNOWN_PATH,
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.NOT_ACCEPTABLE);

  private JsonNode document;

  @BeforeEach
  void read() throws JsonProcessingException {
    document =
        new ObjectMapper()
            .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
  }

  @Test
  void everyOperationDescribesWhatItAnswersWhenAllIsWell() {
    eachOperation(
        (name, operation) -> {
          List<Map.Entry<String, JsonNode>> well =
              operation.path("responses").properties().stream()
                  .filter(response -> response.getKey().startsWith("2"))
                  .toList();
          assertFalse(well.isEmpty(), name);
          well.forEach(
              response -> {
                String which = name + " " + response.getKey();
                assertFalse(response.getValue().path("description").asText().isBlank(), which);
                assertTrue(
                    response.getKey().equals("204") || hasSchema(response.getValue()), which);
              });
        });
  }

  @Test
  void everyBodyHasASchema() {
    eachOperation(
        (name, operation) -> {
          JsonNode body = operation.path("requestBody");
          assertTrue(body.isMissingNode() || hasSchema(body), name);
        });
  }

  @Test
  void everyRefusalNamesItsTypesAndEveryTypeStandsSomewhere() {
    Set<String> named = new HashSet<>();
    Map<String, Integer> statuses =
        Stream.of(ProblemType.values())
            .collect(Collectors.toMap(ProblemType::urn, ProblemType::status));
    eachOperation(
        (name, operation) ->
            operation.path("responses").properties().stream()
                .filter(response -> response.getKey().compareTo("400") >= 0)
                .forEach(
                    response -> {
                      String which = name + " " + response.getKey();
                      List<String> types = types(response.getValue());
                      assertFalse(types.isEmpty(), which);
                      types.forEach(
                          type ->
                              assertEquals(
                                  response.getKey(), String.valueOf(statuses.get(type)), which));
                      assertFalse(
                          response.getValue().path("description").asText().isBlank(), which);
                      named.addAll(types);
                    }));
    assertEquals(
        EnumSet.complementOf(EnumSet.copyOf(OF_NO_OPERATION)).stream()
            .map(ProblemType::urn)
            .collect(Collectors.toSet()),
        named);
  }

  @Test
  void whatEveryProblemHasIsSaidOnce() {
    JsonNode problem = document.at("/components/schemas/Problem");
    assertEquals(Set.of("type", "title", "status", "detail"), texts(problem.path("required")));
    problem
        .path("properties")
        .properties()
        .forEach(
            field ->
                assertFalse(
                    field.getValue().path("description").asText().isBlank(), field.getKey()));
    List<String> others = new ArrayList<>();
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema -> {
              if (schema.getKey().endsWith("Problem") && schema.getValue().has("allOf")) {
                assertEquals(
                    "#/components/schemas/Problem",
                    schema.getValue().at("/allOf/0/$ref").asText(),
                    schema.getKey());
                others.add(schema.getKey());
              }
            });
    assertTrue(others.contains("UnknownCollectionProblem"), others::toString);
  }

  @Test
  void everyOperationSaysWhichScopeItAsksForAndWhatElseIsAnswered() {
    JsonNode scheme = document.at("/components/securitySchemes/bearer");
    assertEquals("http", scheme.path("type").asText());
    assertEquals("bearer", scheme.path("scheme").asText());
    eachOperation(
        (name, operation) -> {
          assertFalse(operation.at("/security/0/bearer").isMissingNode(), name);
          List<String> statuses = new ArrayList<>(List.of("401", "403", "429", "503"));
          if (operation.has("requestBody")) {
            statuses.add("413");
          }
          statuses.forEach(
              status -> assertTrue(operation.path("responses").has(status), name + " " + status));
          for (String status : List.of("429", "503")) {
            assertTrue(operation.at("/responses/" + status + "/headers").has("Retry-After"), name);
          }
        });
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    List<String> names = new ArrayList<>();
    eachOperation(
        (name, operation) -> {
          String id = operation.path("operationId").asText();
          assertTrue(id.matches("[a-z]+([A-Z][a-z]+)*"), name + ": " + id);
          names.add(id);
        });
    assertEquals(names.size(), Set.copyOf(names).size(), names::toString);
  }

  @Test
  void numbersAndFlagsAmongTheQueryParametersHaveTheirType() {
    assertEquals("integer", queryParameterType("/v1/collections", "limit"));
    assertEquals("string", queryParameterType("/v1/collections", "after"));
    assertEquals(
        "number", queryParameterType("/v1/collections/{collection}/graph", "minSimilarity"));
    assertEquals(
        "boolean",
        queryParameterType("/v1/collections/{collection}/documents/{id}/neighbors", "evidence"));
  }

  @Test
  void everyParameterSaysWhatItIs() {
    List<String> silent = new ArrayList<>();
    eachParameter(
        (where, parameter) -> {
          if (parameter.path("description").asText().isBlank()) {
            silent.add(where);
          }
        });
    assertEquals(List.of(), silent);
  }

  /** One that is left out would be text, whatever it is. */
  @Test
  void theListOfQueryParametersWithATypeIsWhole() {
    Set<String> names = new HashSet<>();
    eachParameter(
        (_, parameter) -> {
          if (parameter.path("in").asText().equals("query")) {
            names.add(parameter.path("name").asText());
          }
        });
    assertEquals(DescribedParameters.queryNames(), names);
  }

  @Test
  void nothingIsLeftWithoutASchema() {
    List<String> empty = new ArrayList<>();
    document
        .at("/components/schemas")
        .properties()
        .forEach(schema -> collectEmpty(schema.getKey(), schema.getValue(), empty));
    assertEquals(List.of(), empty);
  }

  @Test
  void enumerationsAreThoseOfTheCode() {
    Enumerations.ofTheCode()
        .forEach(
            (path, values) ->
                assertEquals(
                    values, texts(document.at("/components/schemas/" + path + "/enum")), path));
  }

  @Test
  void recipeIsDescribedAsItIsRead() {
    new RecipeDescription(document.at("/components/schemas/Recipe/properties")).check();
  }

  private void eachOperation(BiConsumer<String, JsonNode> check) {
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            check.accept(
                                operation.getKey() + " " + path.getKey(), operation.getValue())));
  }

  private void eachParameter(BiConsumer<String, JsonNode> check) {
    eachOperation(
        (name, operation) ->
            operation
                .path("parameters")
                .forEach(
                    parameter ->
                        check.accept(name + " " + parameter.path("name").asText(), parameter)));
  }

  private String queryParameterType(String path, String name) {
    return document
        .path("paths")
        .path(path)
        .at("/get/parameters")
        .valueStream()
        .filter(parameter -> parameter.path("name").asText().equals(name))
        .map(parameter -> parameter.at("/schema/type").asText())
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasSchema(JsonNode described) {
    JsonNode content = described.path("content");
    return !content.isEmpty()
        && content.valueStream().noneMatch(media -> media.path("schema").isEmpty());
  }

  /** Of the problem's named schema. */
  private List<String> types(JsonNode response) {
    String name =
        response
            .path("content")
            .path(Problem.MEDIA_TYPE)
            .at("/schema/$ref")
            .asText()
            .replace("#", "");
    return document
        .at(name)
        .path("allOf")
        .path(1)
        .at("/properties/type/enum")
        .valueStream()
        .map(JsonNode::textValue)
        .toList();
  }

  private static Set<String> texts(JsonNode values) {
    return values.valueStream().map(JsonNode::textValue).collect(Collectors.toSet());
  }

  /** A property of which nothing is known, not even its type. */
  private static void collectEmpty(String path, JsonNode schema, List<String> empty) {
    if (schema.isObject() && schema.isEmpty()) {
      empty.add(path);
    }
    schema.path("properties").properties().stream()
        .forEach(one -> collectEmpty(path + "." + one.getKey(), one.getValue(), empty));
    if (schema.has("items")) {
      collectEmpty(path + "[]", schema.get("items"), empty);
    }
  }
}
