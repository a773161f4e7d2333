package relata.api.collection;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class CollectionIT {
  @Test
  void partialRecipeIsStoredComplete() {
    create("{\"name\":\"partial\",\"recipe\":{\"edges\":{\"maxNeighbors\":3}}}")
        .statusCode(201)
        .header("Location", notNullValue())
        .body("recipe.edges.maxNeighbors", is(3));
    given()
        .get("/v1/collections/partial")
        .then()
        .statusCode(200)
        .body("name", is("partial"))
        .body("generation", greaterThan(0))
        .body("createdAt", notNullValue())
        .body("recipe.embed.model", is("all-minilm"))
        .body("recipe.split.chunkSize", is(100))
        .body("recipe.edges.minSimilarity", is(0.6f))
        .body("recipe.edges.maxNeighbors", is(3));
    assertEquals(
        1,
        Database.number(
            """
            select count(*) from content.generation g
              join content.collection c on c.id = g.collection_id
             where c.name = 'partial' and g.state = 'active'
               and jsonb_typeof(g.recipe) = 'object' and octet_length(g.recipe_fingerprint) = 32"""));
  }

  @Test
  void recipeKeepsWhatWasWrittenAndWhatItsNamesMeantThen() {
    create(
            """
            {"name":"described",
             "recipe":{"describe":{"prompt":"v2"},"gate":{"switch":"manual"}}}""")
        .statusCode(201)
        .body("written.describe.prompt", is("v2"))
        .body("recipe.describe.model", is("llama3.2"))
        .body("recipe.describe.promptSha256", matchesPattern("[0-9a-f]{64}"))
        .body("recipe.gate.switch", is("manual"))
        .body("building", nullValue());
    create("{\"name\":\"following\",\"recipe\":\"default\"}")
        .statusCode(201)
        .body("written", is("default"))
        .body("recipe.embed.model", is("all-minilm"));
    assertEquals(
        1,
        Database.number(
            """
            select count(*) from content.generation g
              join content.collection c on c.id = g.collection_id
             where c.name = 'described' and g.activated_at is not null
               and g.aliases = '{"describer":["llama3.2"],"embedder":["all-minilm"]}'"""));
  }

  @Test
  void recipeThatCannotBeResolvedIsRefused() {
    create("{\"name\":\"unknown-prompt\",\"recipe\":{\"describe\":{\"prompt\":\"v9\"}}}")
        .statusCode(400)
        .body("errors.field", is(List.of("recipe.describe.prompt")));
    create("{\"name\":\"not-default\",\"recipe\":\"usual\"}")
        .statusCode(400)
        .body("errors.field", is(List.of("recipe")));
  }

  @Test
  void takenNameIsAConflictAndChangesNothing() {
    create("{\"name\":\"taken\"}").statusCode(201);
    create("{\"name\":\"taken\",\"recipe\":{\"split\":{\"mode\":\"whole\"}}}")
        .statusCode(409)
        .body("detail", is("There is already a collection 'taken'."));
    given().get("/v1/collections/taken").then().body("recipe.split.mode", is("blocks"));
  }

  @Test
  void ofManyThatCreateTheSameNameAtOnceOneSucceeds() throws InterruptedException {
    List<Integer> statuses;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      statuses =
          clients
              .invokeAll(Stream.generate(() -> status("{\"name\":\"race\"}")).limit(8).toList())
              .stream()
              .map(Future::resultNow)
              .sorted()
              .toList();
    }
    assertEquals(List.of(201, 409, 409, 409, 409, 409, 409, 409), statuses);
  }

  @Test
  void listGoesOnFromPageToPage() {
    IntStream.range(0, 5).forEach(i -> create("{\"name\":\"page-" + i + "\"}").statusCode(201));
    String next =
        given()
            .queryParam("limit", 2)
            .queryParam("after", "page-0")
            .get("/v1/collections")
            .then()
            .statusCode(200)
            .body("collections.name", is(List.of("page-1", "page-2")))
            .extract()
            .path("next");
    given()
        .queryParam("after", next)
        .get("/v1/collections")
        .then()
        .body("collections.name", hasItems("page-3", "page-4"))
        .body("collections.name", not(hasItem("page-2")))
        .body("collections[0].recipe.split.mode", is("blocks"))
        .body("next", nullValue());
  }

  @Test
  void deletedCollectionIsGoneWithItsDocuments() {
    String name = Collections.create();
    Collections.put(name, "a", "A");
    long id = Database.number("select id from content.collection where name = ?", name);
    given().delete("/v1/collections/{c}", name).then().statusCode(204);
    given().get("/v1/collections/{c}", name).then().statusCode(404);
    given().delete("/v1/collections/{c}", name).then().statusCode(404);
    assertEquals(
        0, Database.number("select count(*) from content.document where collection_id = ?", id));
    assertEquals(
        0, Database.number("select count(*) from content.generation where collection_id = ?", id));
  }

  @Test
  void everyWrongFieldIsNamedAndNothingIsStored() {
    create("{\"name\":\"Wrong\",\"recipe\":{\"split\":{\"mode\":\"lines\"}}}")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors.field", is(List.of("name", "recipe.split.mode")));
    assertEquals(
        0, Database.number("select count(*) from content.collection where name = 'Wrong'"));
  }

  private static Callable<Integer> status(String body) {
    return () -> create(body).extract().statusCode();
  }

  private static ValidatableResponse create(String body) {
    return given().contentType(ContentType.JSON).body(body).post("/v1/collections").then();
  }
}
