package relata.api.access;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

/** An issuer whose certificate is of an authority that nobody told the service of. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(PrivateIssuer.Unknown.class)
class UnknownIssuerIT {
  @Test
  void noTokenIsCheckedByItsKeysAndKeysAreTaken() throws Exception {
    PrivateIssuer.assertNotBelieved();
  }
}
