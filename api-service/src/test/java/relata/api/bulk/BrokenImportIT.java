package relata.api.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.Database;
import relata.local.testing.BackendsResource;

@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
class BrokenImportIT {
  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @ConfigProperty(name = "relata.bulk.max-imports", defaultValue = "4")
  int maxImports;

  private String collection;

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void clientThatBreaksOffLeavesWholeBatchesAndNoHalfLine() throws IOException {
    String lines =
        IntStream.range(0, 150)
            .mapToObj(i -> "{\"id\":\"%d\",\"title\":\"T\"}\n".formatted(i))
            .collect(Collectors.joining());
    try (Socket client = begin()) {
      client.getOutputStream().write((lines + "{\"id\":\"half\",\"ti").getBytes(UTF_8));
      client.getOutputStream().flush();
      await().until(() -> documents() == 100);
    }
    importWorks("after");
    assertEquals(101, documents());
  }

  @Test
  void importsBeyondTheLimitAreToldToComeBack() throws IOException {
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < maxImports; i++) {
        clients.add(begin());
      }
      await()
          .untilAsserted(
              () ->
                  bulk("x")
                      .then()
                      .statusCode(503)
                      .header("Retry-After", notNullValue())
                      .body("type", is("urn:relata:problem:imports-taken")));
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    importWorks("y");
  }

  private void importWorks(String id) {
    await().untilAsserted(() -> bulk(id).then().statusCode(200));
  }

  private Response bulk(String id) {
    return given()
        .contentType("application/x-ndjson")
        .urlEncodingEnabled(false)
        .body("{\"id\":\"%s\",\"title\":\"T\"}".formatted(id).getBytes(UTF_8))
        .post("/v1/collections/" + collection + "/documents:bulk");
  }

  /** A client that has announced more than it has sent. */
  private Socket begin() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    String head =
        """
        POST /v1/collections/%s/documents:bulk HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/x-ndjson\r
        Content-Length: 1000000\r
        \r
        """
            .formatted(collection);
    client.getOutputStream().write(head.getBytes(UTF_8));
    client.getOutputStream().flush();
    return client;
  }

  private long documents() {
    return Database.number(
        """
        select count(*) from content.document d join content.collection c on c.id = d.collection_id
         where c.name = ?""",
        collection);
  }
}
