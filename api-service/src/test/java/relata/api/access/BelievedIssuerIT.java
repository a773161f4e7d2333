package relata.api.access;

import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

/** An issuer whose certificate is of a private authority, which the service was told of. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(PrivateIssuer.Believed.class)
class BelievedIssuerIT {
  @Test
  void itsTokensAreTaken() throws Exception {
    Keys.with(PrivateIssuer.token())
        .get("/v1/collections")
        .then()
        .statusCode(200)
        .body("collections", is(List.of()));
  }
}
