package relata.api.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import relata.api.testing.Collections;
import relata.api.testing.TricklingClient;
import relata.local.testing.BackendsResource;

/** How long a body, or nothing at all, may be on its way. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(SlowBodyIT.Impatient.class)
class SlowBodyIT {
  private static final Duration SOON = Duration.ofSeconds(40);

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  private String collection;

  /** Seconds for what has minutes. */
  public static final class Impatient implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("relata.json.max-time", "2s", "quarkus.http.idle-timeout", "10s");
    }
  }

  @BeforeEach
  void freshCollection() {
    collection = Collections.create();
  }

  @Test
  void bodyThatTricklesIsCutOff() throws IOException {
    assertCutOff("PUT /v1/collections/%s/documents/a".formatted(collection));
    Collections.put(collection, "a", "A");
  }

  @Test
  void bodyThatIsReadAsItComesIsToo() throws IOException {
    String taker = Collections.create("{\"embed\":{\"source\":\"client\",\"dimension\":3}}");
    Collections.put(taker, "a", "A");
    assertCutOff("PUT /v1/collections/%s/documents/a/features".formatted(taker));
  }

  @Test
  void connectionOnWhichNothingComesIsClosed() throws IOException {
    Instant start = Instant.now();
    try (TricklingClient client = TricklingClient.silent(port)) {
      assertEquals("", client.answer());
    }
    assertSoon(start);
  }

  private void assertCutOff(String request) throws IOException {
    Instant start = Instant.now();
    try (TricklingClient client =
        TricklingClient.begin(
            port, request, "Content-Type: application/json", " ", Duration.ofMillis(100))) {
      assertEquals("", client.answer());
    }
    assertSoon(start);
  }

  private static void assertSoon(Instant start) {
    Duration taken = Duration.between(start, Instant.now());
    assertTrue(taken.compareTo(SOON) < 0, taken::toString);
  }
}
