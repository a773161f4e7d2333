package relata.api.access;

import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import relata.local.testing.Certificates;

/** An issuer that speaks TLS alone, with a certificate of an authority that Java does not know. */
final class PrivateIssuer {
  /** Where tokens are signed, in the configuration of the tests. */
  private static final String SIGNER = "relata.test.issuer-signer";

  private PrivateIssuer() {}

  /** Its authority is believed. */
  public static final class Believed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return overrides("localhost", true);
    }
  }

  /** Nobody said whom to believe. */
  public static final class Unknown implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return overrides("localhost", false);
    }
  }

  /** Its authority is believed, but its certificate is for another name. */
  public static final class Misnamed implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return overrides("elsewhere", true);
    }
  }

  /** A token as a service should take it, of whom its configuration calls the issuer. */
  static String token() throws Exception {
    return Issuer.token(
        setting(SIGNER),
        Map.of(
            "iss", setting("quarkus.oidc.auth-server-url"),
            "aud", "relata",
            "sub", "somebody",
            "tenant", "t-private",
            "scope", "relata:read"));
  }

  /** Nothing is said of a token when nobody could be asked about it; keys are taken as before. */
  static void assertNotBelieved() throws Exception {
    Keys.with(token())
        .get("/v1/collections")
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", is("5"))
        .header("WWW-Authenticate", nullValue())
        .body("type", is("urn:relata:problem:issuer-away"));
    Keys.with(Keys.make("t-private", Scope.READ)).get("/v1/collections").then().statusCode(200);
  }

  private static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }

  private static Map<String, String> overrides(String name, boolean isBelieved) {
    try {
      Path folder = Files.createTempDirectory("issuer");
      Certificates authority = Certificates.authority(folder);
      Issuer.Addresses addresses =
          Issuer.startSecured(authority.context(Optional.of(authority.issue("issuer", name))));
      Map<String, String> overrides = new HashMap<>(Keys.required(addresses.issuer()));
      overrides.put(SIGNER, addresses.signer());
      if (isBelieved) {
        overrides.put("RELATA_OIDC_CA_FILE", authority.certificate().toString());
      }
      return overrides;
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }
}
