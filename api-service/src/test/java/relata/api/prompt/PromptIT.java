package relata.api.prompt;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PromptIT {
  /** SHA-256 of "Short: {{document}}". */
  private static final String SHA_256 =
      "0ede36e4b6096b74b8349e2914a7860f2fbcfdb7b6044a0e2347aeaf1fb0d069";

  @Test
  void promptIsKeptOnceAndNeverChanges() {
    keep("support-v1", "Short: {{document}}")
        .statusCode(201)
        .header("Location", containsString("/v1/prompts/support-v1"))
        .body("sha256", is(SHA_256))
        .body("builtIn", is(false));
    keep("support-v1", "Short: {{document}}").statusCode(200).body("sha256", is(SHA_256));
    keep("support-v1", "Long: {{document}}")
        .statusCode(409)
        .body("detail", containsString("choose a new name"));
    given()
        .get("/v1/prompts/support-v1")
        .then()
        .statusCode(200)
        .body("template", is("Short: {{document}}"));
  }

  @Test
  void namesOfBuiltInPromptsAreTaken() {
    keep("v1", "Mine: {{document}}").statusCode(409).body("detail", containsString("built in"));
    given().get("/v1/prompts/v1").then().statusCode(200).body("builtIn", is(true));
  }

  @Test
  void listHasBuiltInAndOwnPromptsPageByPage() {
    keep("list-a", "{{document}}").statusCode(201);
    given().get("/v1/prompts").then().body("prompts.name", hasItems("list-a", "v1", "v2"));
    String next =
        given()
            .queryParam("limit", 1)
            .queryParam("after", "v1")
            .get("/v1/prompts")
            .then()
            .body("prompts.name", is(List.of("v2")))
            .extract()
            .path("next");
    given().queryParam("after", "V 1").get("/v1/prompts").then().statusCode(400);
    given().get("/v1/prompts/unknown").then().statusCode(404);
    assertNull(next);
  }

  @Test
  void wrongFieldsAreNamed() {
    keep("A B", "nothing").statusCode(400).body("errors.field", is(List.of("name", "template")));
  }

  private static ValidatableResponse keep(String name, String template) {
    return given()
        .contentType(ContentType.JSON)
        .body("{\"name\":\"%s\",\"template\":\"%s\"}".formatted(name, template))
        .post("/v1/prompts")
        .then();
  }
}
