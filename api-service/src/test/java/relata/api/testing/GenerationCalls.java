package relata.api.testing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static relata.local.testing.Patiently.await;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;

/** Asks the API about the recipe and the generations of one collection. */
public final class GenerationCalls {
  private static final Duration SOON = Duration.ofMinutes(1);

  private final String collection;

  public GenerationCalls(String collection) {
    this.collection = collection;
  }

  /** Changes the recipe, and gives the generation that is made for it. */
  public long change(String recipe) {
    return put(recipe, "")
        .statusCode(202)
        .header("Location", containsString("/generations/"))
        .body("state", is("building"))
        .extract()
        .jsonPath()
        .getLong("generation");
  }

  public ValidatableResponse put(String recipe, String query) {
    return given()
        .contentType(ContentType.JSON)
        .body(recipe)
        .put("/v1/collections/{c}/recipe" + query, collection)
        .then();
  }

  public ValidatableResponse generation(long id) {
    return given()
        .get("/v1/collections/{c}/generations/{g}", collection, id)
        .then()
        .statusCode(200);
  }

  public ValidatableResponse action(long id, String action) {
    return given().post("/v1/collections/{c}/generations/{g}/" + action, collection, id).then();
  }

  public void awaitState(long id, String state) {
    await().atMost(SOON).untilAsserted(() -> generation(id).body("state", is(state)));
  }
}
