package relata.api.access;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Keys for tests, and a service that asks for them. */
public final class Keys {
  private static final KeyText OPERATOR = new KeyText(KeyText.OPERATOR, "ab".repeat(32));

  private Keys() {}

  /** Nobody comes in without a key; a key is known for a second. */
  public static final class Required implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        return required(Issuer.start());
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }

  /** What a service is told that takes keys, and tokens of an issuer at this address. */
  static Map<String, String> required(String issuer) throws IOException {
    Path file = Files.createTempFile("operator", ".sha256");
    file.toFile().deleteOnExit();
    Files.writeString(
        file, "\n" + "00".repeat(32) + "\n" + HexFormat.of().formatHex(OPERATOR.hash()) + "\n");
    return Map.of(
        "quarkus.oidc.tenant-enabled", "true",
        "quarkus.oidc.auth-server-url", issuer,
        "quarkus.oidc.token.audience", "relata",
        "relata.access.open", "false",
        "relata.access.operator-file", file.toString(),
        "relata.access.cache-for", "1s",
        "relata.access.max-keys", "20",
        "relata.models.timeout", "200ms");
  }

  public static RequestSpecification operator() {
    return with(operatorKey());
  }

  static String operatorKey() {
    return OPERATOR.text();
  }

  public static RequestSpecification with(String key) {
    return given().header("Authorization", "Bearer " + key);
  }

  /** A new key of the tenant, made by the operator. */
  public static String make(String tenant, String... scopes) {
    return post(operator(), "?tenant=" + tenant, scopes)
        .statusCode(201)
        .extract()
        .jsonPath()
        .getString("key");
  }

  static ValidatableResponse post(RequestSpecification caller, String query, String... scopes) {
    return caller
        .contentType(ContentType.JSON)
        .body(Map.of("name", "test", "scopes", List.of(scopes)))
        .post("/v1/keys" + query)
        .then();
  }

  /** The part of a key that is no secret. */
  static String id(String key) {
    return KeyText.parse(key).orElseThrow().id();
  }
}
