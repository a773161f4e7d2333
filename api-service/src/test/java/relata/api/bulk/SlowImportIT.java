package relata.api.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.access.Keys;
import relata.api.testing.TricklingClient;
import relata.local.testing.BackendsResource;

/** Who lets others wait behind its import is not waited for. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(SlowImportIT.Impatient.class)
class SlowImportIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private String name;
  private String wild;

  /** Four imports, of which a tenant has two, and seconds for what has minutes and hours. */
  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(new Keys.Required().getConfigOverrides());
      settings.put("relata.bulk.patience", "8s");
      settings.put("relata.bulk.longest", "16s");
      return settings;
    }
  }

  @BeforeEach
  void freshTenant() {
    name = "c-" + UUID.randomUUID();
    wild = withCollection("wild");
  }

  @Test
  void tenantWhoseClientsTrickleHoldsNeitherAllImportsNorItsOwnForLong() throws IOException {
    String calm = withCollection("calm");
    Instant start = Instant.now();
    try (TricklingClient first = begin("{", PAUSE);
        TricklingClient second = begin("\n", PAUSE)) {
      await()
          .atMost(Duration.ofSeconds(7))
          .untilAsserted(
              () ->
                  bulk(wild)
                      .then()
                      .statusCode(503)
                      .body("type", is("urn:relata:problem:imports-taken")));
      bulk(calm).then().statusCode(200);
      assertEnds(first, "more slowly than 1024 bytes a second");
      assertEnds(second, "more slowly than 1024 bytes a second");
      Duration held = Duration.between(start, Instant.now());
      System.out.printf("two that trickle held their imports for %d ms%n", held.toMillis());
      assertTrue(held.compareTo(SOON) < 0, held::toString);
      bulk(wild).then().statusCode(200);
    }
  }

  @Test
  void importThatGoesOnAndOnEnds() throws IOException {
    String lines = "{\"id\":\"a\",\"title\":\"A\"}\n".repeat(10);
    try (TricklingClient endless = begin(lines, PAUSE)) {
      assertEnds(endless, "An import may take 16 seconds");
    }
    await().atMost(SOON).untilAsserted(() -> bulk(wild).then().statusCode(200));
  }

  private TricklingClient begin(String piece, Duration pause) throws IOException {
    return TricklingClient.begin(
        port,
        "POST /v1/collections/%s/documents:bulk".formatted(name),
        "Authorization: Bearer %s\nContent-Type: application/x-ndjson".formatted(wild),
        piece,
        pause);
  }

  private static void assertEnds(TricklingClient client, String why) throws IOException {
    String answer = client.answerUpTo("}");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains(why), answer);
  }

  /** A key of a tenant that has the collection. */
  private String withCollection(String tenant) {
    String key = Keys.make(tenant, "read", "write");
    Keys.with(key)
        .contentType(ContentType.JSON)
        .body(Map.of("name", name))
        .post("/v1/collections")
        .then()
        .statusCode(201);
    return key;
  }

  private Response bulk(String key) {
    return Keys.with(key)
        .contentType("application/x-ndjson")
        .urlEncodingEnabled(false)
        .body("{\"id\":\"a\",\"title\":\"A\"}".getBytes(UTF_8))
        .post("/v1/collections/" + name + "/documents:bulk");
  }
}
