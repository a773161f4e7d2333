package relata.api.access;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

/** Bearers of an issuer's tokens come in beside those of keys. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(Keys.Required.class)
class TokenIT {
  @ConfigProperty(name = "quarkus.oidc.auth-server-url")
  String issuer;

  private final String tenant = "t-" + UUID.randomUUID();

  @Test
  void aTokensTenantAndScopesAreThoseOfItsClaims() throws Exception {
    RequestSpecification writer = bearer(claims("relata:write"));
    writer
        .contentType(ContentType.JSON)
        .body("{\"name\":\"notes\"}")
        .post("/v1/collections")
        .then()
        .statusCode(201);
    bearer(claims("openid relata:read relata:other"))
        .get("/v1/collections")
        .then()
        .statusCode(200)
        .body("collections.name", is(List.of("notes")));
    Keys.with(Keys.make(tenant, Scope.READ))
        .get("/v1/collections")
        .then()
        .body("collections.name", is(List.of("notes")));
    bearer(claims("relata:write")).get("/v1/collections").then().statusCode(403);
    bearer(claims("read")).get("/v1/collections").then().statusCode(403);
  }

  @Test
  void noTokenMakesAnOperator() throws Exception {
    bearer(claims("relata:operator operator")).get("/v1/keys?tenant=x").then().statusCode(403);
    bearer(claims("relata:operator operator")).post("/v1/models/x/activate").then().statusCode(403);
    bearer(claims("relata:admin")).get("/v1/keys?tenant=x").then().statusCode(400);
  }

  @Test
  void whatIsWrongWithATokenKeepsItsBearerOut() throws Exception {
    refused(with("aud", "another"));
    refused(without("aud"));
    refused(with("iss", "https://elsewhere.example"));
    refused(with("exp", Instant.now().minusSeconds(60).getEpochSecond()));
    refused(with("tenant", "Not A Tenant"));
    refused(with("tenant", 7));
    refused(without("tenant"));
    refusedToken(Issuer.token(issuer + "/sign-with-another-key", claims("relata:read")));
    String good = Issuer.token(issuer + "/sign", claims("relata:read"));
    refusedToken(good.substring(0, good.lastIndexOf('.') + 1));
    refusedToken("eyJhbGciOiJub25lIn0." + good.split("\\.", -1)[1] + ".");
    assertEquals(200, Keys.with(good).get("/v1/collections").statusCode());
  }

  private void refused(Map<String, Object> claims) throws Exception {
    refusedToken(Issuer.token(issuer + "/sign", claims));
  }

  private static void refusedToken(String token) {
    Keys.with(token)
        .get("/v1/collections")
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .header("WWW-Authenticate", is("Bearer realm=\"relata\", error=\"invalid_token\""))
        .body("type", is("urn:relata:problem:not-authenticated"));
  }

  private RequestSpecification bearer(Map<String, Object> claims) throws Exception {
    return Keys.with(Issuer.token(issuer + "/sign", claims));
  }

  private Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims = claims("relata:read");
    claims.put(claim, value);
    return claims;
  }

  private Map<String, Object> without(String claim) {
    Map<String, Object> claims = claims("relata:read");
    claims.remove(claim);
    return claims;
  }

  private Map<String, Object> claims(String scope) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", issuer);
    claims.put("aud", "relata");
    claims.put("sub", "somebody");
    claims.put("tenant", tenant);
    claims.put("scope", scope);
    return claims;
  }
}
