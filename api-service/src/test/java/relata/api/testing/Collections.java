package relata.api.testing;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import java.util.UUID;

/** Makes collections that no other test uses. */
public final class Collections {
  private Collections() {}

  /** Creates a collection and returns its name. */
  public static String create() {
    return create("{}");
  }

  /** Creates a collection with a recipe in JSON and returns its name. */
  public static String create(String recipe) {
    String name = "c-" + UUID.randomUUID();
    given()
        .contentType(ContentType.JSON)
        .body("{\"name\":\"%s\",\"recipe\":%s}".formatted(name, recipe))
        .post("/v1/collections")
        .then()
        .statusCode(201);
    return name;
  }

  /** Writes a document whose body is its title. */
  public static void put(String collection, String id, String title) {
    given()
        .contentType(ContentType.JSON)
        .body("{\"title\":\"%s\",\"body\":\"%s\"}".formatted(title, title))
        .put("/v1/collections/{c}/documents/{id}", collection, id)
        .then()
        .statusCode(201);
  }
}
