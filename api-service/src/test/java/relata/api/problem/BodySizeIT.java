package relata.api.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** How long a body may be, and of which type. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BodySizeIT {
  private static final String DOCUMENT = "/v1/collections/{c}/documents/a";

  private static String collection;

  @BeforeEach
  void oneCollectionForAll() {
    if (collection == null) {
      collection = Collections.create();
    }
  }

  @Test
  void bodyOverTheLimitIsSentToTheImport() {
    String body = "{\"title\":\"T\",\"body\":\"" + "x".repeat(1024 * 1024) + "\"}";
    Refusal.demand(put(body), 413)
        .body("detail", allOf(containsString("1048576 bytes"), containsString("documents:bulk")));
  }

  @Test
  void bodyOfUnknownLengthEndsAtTheSameLimit() throws IOException, InterruptedException {
    byte[] body = ("{\"title\":\"T\",\"body\":\"" + "x".repeat(3_000_000) + "\"}").getBytes(UTF_8);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(url() + "/v1/collections/" + collection + "/documents/a"))
              .header("Content-Type", "application/json")
              .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
              .build();
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertEquals(413, answer.statusCode());
    }
  }

  @Test
  void bodyAtTheLimitIsStored() {
    String frame = "{\"title\":\"T\",\"body\":\"\"}";
    String text = "x".repeat(1024 * 1024 - frame.length());
    given()
        .contentType(ContentType.JSON)
        .body(frame.replace("\"\"}", "\"" + text + "\"}"))
        .put("/v1/collections/{c}/documents/large", collection)
        .then()
        .statusCode(201);
  }

  @Test
  void otherMediaTypeIsRefused() {
    Response answer = given().contentType(ContentType.TEXT).body("T").put(DOCUMENT, collection);
    Refusal.demand(answer, 415).body("detail", containsString("application/json"));
    Response json =
        given()
            .contentType(ContentType.JSON)
            .body("{}")
            .urlEncodingEnabled(false)
            .post("/v1/collections/" + collection + "/documents:bulk");
    Refusal.demand(json, 415).body("detail", containsString("application/x-ndjson"));
  }

  private static Response put(String body) {
    return given().contentType(ContentType.JSON).body(body).put(DOCUMENT, collection);
  }

  private static String url() {
    int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    return "http://localhost:" + port;
  }
}
