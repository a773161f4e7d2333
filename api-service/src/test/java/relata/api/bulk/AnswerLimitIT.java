package relata.api.bulk;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static relata.local.testing.Patiently.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.local.testing.BackendsResource;

/** Answers wait on the disk for who imports, and it is not theirs. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(AnswerLimitIT.SmallDisk.class)
class AnswerLimitIT {
  private static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));
  private static final int LIMIT = 16 * 1024 * 1024;
  private static final int LIMIT_MILLIS = 60_000;
  private static final Duration SOON = Duration.ofSeconds(60);

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private String collection;
  private Set<Path> before;

  /** More answers than the system's buffers hold, and not many more. */
  public static final class SmallDisk implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "relata.bulk.max-answers", "" + LIMIT,
          "relata.bulk.stalled-after", "15s",
          "relata.bulk.max-imports", "2");
    }
  }

  @BeforeEach
  void freshCollection() throws IOException {
    collection = Collections.create();
    try (Stream<Path> files = Files.list(FOLDER)) {
      before = files.collect(Collectors.toSet());
    }
  }

  @Test
  void importStopsWhereItsAnswersAreTooMany() throws IOException {
    String lines = "{\"id\":\"a\",\"title\":\"A\"}\n" + "{}\n".repeat(300_000);
    int line =
        Imports.bulk(collection, lines + "{\"id\":\"z\",\"title\":\"Z\"}\n")
            .then()
            .statusCode(413)
            .contentType("application/problem+json")
            .body("type", is("urn:relata:problem:too-large"))
            .body("line", greaterThan(1000))
            .body("detail", containsString("in parts of fewer lines"))
            .extract()
            .path("line");
    assertTrue(line < 300_000, "line " + line);
    assertEquals(1, Imports.documents(collection));
    assertEquals(0, spools());
    System.out.printf(
        "import stopped at line %d after %d bytes: %d bytes of answers%n", line, line * 3, LIMIT);
  }

  @Test
  void importOfQueriesDoesToo() throws IOException {
    given()
        .contentType("application/x-ndjson")
        .urlEncodingEnabled(false)
        .body("{}\n".repeat(300_000).getBytes(UTF_8))
        .post("/v1/collections/" + collection + "/queries:bulk")
        .then()
        .statusCode(413)
        .body("line", greaterThan(1000));
    assertEquals(0, spools());
  }

  @Test
  void importCountsUntilItsAnswersAreTakenAndNobodyIsWaitedForLong() throws IOException {
    byte[] lines = "{}\n".repeat(100_000).getBytes(US_ASCII);
    try (Socket first = imported(lines);
        Socket second = imported(lines)) {
      assertEquals("HTTP/1.1 200", begin(first));
      assertEquals("HTTP/1.1 200", begin(second));
      assertEquals(2, spools());
      Imports.bulk(collection, "{}").then().statusCode(503);
      await()
          .atMost(SOON)
          .untilAsserted(() -> Imports.bulk(collection, "{}").then().statusCode(200));
      await().atMost(SOON).until(() -> spools() == 0);
    }
  }

  /** Has sent all and takes nothing. */
  private Socket imported(byte[] lines) throws IOException {
    Socket client = new Socket();
    client.setReceiveBufferSize(4096);
    client.setSoTimeout(LIMIT_MILLIS);
    client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
    String head =
        """
        POST /v1/collections/%s/documents:bulk HTTP/1.1\r
        Host: localhost\r
        Content-Type: application/x-ndjson\r
        Content-Length: %d\r
        \r
        """
            .formatted(collection, lines.length);
    client.getOutputStream().write(head.getBytes(US_ASCII));
    client.getOutputStream().write(lines);
    client.getOutputStream().flush();
    return client;
  }

  private static String begin(Socket client) throws IOException {
    return new String(client.getInputStream().readNBytes("HTTP/1.1 200".length()), US_ASCII);
  }

  /** Those that were not there before. */
  private long spools() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("relata-import"))
          .filter(file -> !before.contains(file))
          .count();
    }
  }
}
