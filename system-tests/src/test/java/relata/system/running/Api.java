package relata.system.running;

import static io.restassured.RestAssured.given;

import io.restassured.config.HttpClientConfig;
import io.restassured.config.LogConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The public REST API of a running stack, as the tests use it. */
public final class Api {
  /** An answer that never comes is a failure, not a test that never ends. */
  private static final RestAssuredConfig LIMITED =
      RestAssuredConfig.config()
          .httpClient(
              HttpClientConfig.httpClientConfig()
                  .setParam("http.connection.timeout", 10_000)
                  .setParam("http.socket.timeout", 100_000))
          .logConfig(LogConfig.logConfig().enableLoggingOfRequestAndResponseIfValidationFails());

  private final String url;
  private final Optional<String> key;

  public Api(String url) {
    this(url, Optional.empty());
  }

  /** Asks with a key, where the API is not open. */
  Api(String url, Optional<String> key) {
    this.url = url;
    this.key = key;
  }

  public String url() {
    return url;
  }

  public void createCollection(String name) {
    json().body(Map.of("name", name)).post("/v1/collections").then().statusCode(201);
  }

  /** With a recipe as a user writes it. */
  public void createCollection(String name, Map<String, ?> recipe) {
    json()
        .body(Map.of("name", name, "recipe", recipe))
        .post("/v1/collections")
        .then()
        .statusCode(201);
  }

  public JsonPath collection(String name) {
    return read("/v1/collections/{name}", name);
  }

  public void deleteCollection(String name) {
    json().delete("/v1/collections/{name}", name).then().statusCode(204);
  }

  /** Returns the outcome: created, updated or unchanged. */
  public String put(String collection, String id, String title, String body) {
    return json()
        .body(Map.of("title", title, "body", body))
        .put("/v1/collections/{collection}/documents/{id}", collection, id)
        .then()
        .extract()
        .path("outcome");
  }

  public JsonPath document(String collection, String id) {
    return read("/v1/collections/{collection}/documents/{id}", collection, id);
  }

  public void deleteDocument(String collection, String id) {
    json()
        .delete("/v1/collections/{collection}/documents/{id}", collection, id)
        .then()
        .statusCode(204);
  }

  public JsonPath status(String collection) {
    return read("/v1/collections/{collection}/status", collection);
  }

  /** Entries have id, title, similarity, chunk and neighborChunk. */
  public List<Map<String, Object>> neighbors(String collection, String id) {
    return read("/v1/collections/{collection}/documents/{id}/neighbors", collection, id)
        .getList("neighbors");
  }

  /**
   * What was derived from a document under the active generation, and why it is missing if it is.
   */
  public JsonPath features(String collection, String id) {
    return read("/v1/collections/{collection}/documents/{id}/features", collection, id);
  }

  public JsonPath search(String collection, String text, String mode) {
    return json()
        .body(Map.of("text", text, "mode", mode, "limit", 10))
        .post("/v1/collections/{collection}/search", collection)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** Waits until every document is ready or skipped, and linked. */
  public void awaitSettled(String collection, Duration limit) {
    Awaitility.await("collection " + collection + " to settle")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> status(collection), Api::settled);
  }

  /** Whether nothing is left to do, whatever became of the documents. */
  private static boolean settled(JsonPath status) {
    int documents = status.getInt("documents");
    return status.getInt("ready") + status.getInt("skipped") == documents
        && status.getInt("linked") == documents;
  }

  private JsonPath read(String path, Object... parameters) {
    return json().get(path, parameters).then().statusCode(200).extract().jsonPath();
  }

  RequestSpecification json() {
    RequestSpecification request = json(url);
    key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  static RequestSpecification json(String url) {
    return given().config(LIMITED).baseUri(url).contentType(ContentType.JSON);
  }
}
