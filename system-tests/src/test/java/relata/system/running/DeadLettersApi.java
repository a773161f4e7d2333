package relata.system.running;

import io.restassured.path.json.JsonPath;
import java.util.List;

/** Dead letters of a running stack, as the tests use them. */
final class DeadLettersApi {
  private final String url;

  DeadLettersApi(String url) {
    this.url = url;
  }

  /** With items, total and byCode. */
  JsonPath of(String collection) {
    return Api.json(url)
        .queryParam("collection", collection)
        .get("/v1/dead-letters")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** The ids by which those of a collection are replayed. */
  List<String> ids(String collection) {
    return of(collection).getList("items.id");
  }

  /** Gives how many documents are tried again. */
  int replay(String id) {
    return Api.json(url)
        .post("/v1/dead-letters/{id}/replay", id)
        .then()
        .statusCode(202)
        .extract()
        .jsonPath()
        .getInt("documents");
  }

  int replayAll(String collection) {
    return Api.json(url)
        .queryParam("collection", collection)
        .post("/v1/dead-letters/replay")
        .then()
        .statusCode(202)
        .extract()
        .jsonPath()
        .getInt("documents");
  }
}
