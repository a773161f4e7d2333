package relata.api.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** Nobody asks for a page without an end. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class PageIT {
  @Test
  void everyListRefusesPagesThatAreTooLargeOrEmpty() throws Exception {
    String collection = Collections.create();
    Collections.put(collection, "a", "T");
    List<String> lists = lists();
    for (String path : lists) {
      for (String limit : List.of("0", "-1", "1000000", "99999999999")) {
        given()
            .urlEncodingEnabled(false)
            .get(address(path, collection) + "?limit=" + limit)
            .then()
            .statusCode(400)
            .body("errors.field", hasItem("limit"));
      }
    }
    System.out.printf("pages: lists=%d%n", lists.size());
    assertTrue(lists.size() >= 10, "only " + lists);
  }

  private static String address(String path, String collection) {
    return path.replace("{collection}", collection)
        .replace("{id}", "a")
        .replaceAll("\\{\\w+}", "1");
  }

  /** Those of which the description says that they take a limit. */
  private static List<String> lists() throws Exception {
    JsonNode document =
        new ObjectMapper()
            .readTree(given().queryParam("format", "json").get("/q/openapi").asString());
    List<String> lists = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path -> {
              if (path.getValue()
                  .at("/get/parameters")
                  .valueStream()
                  .anyMatch(parameter -> parameter.path("name").asText().equals("limit"))) {
                lists.add(path.getKey());
              }
            });
    return lists;
  }
}
