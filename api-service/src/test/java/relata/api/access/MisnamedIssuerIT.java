package relata.api.access;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import relata.local.testing.BackendsResource;

/** Somebody with a certificate of the believed authority, but not for the issuer's name. */
@QuarkusTest
@QuarkusTestResource(BackendsResource.class)
@TestProfile(PrivateIssuer.Misnamed.class)
class MisnamedIssuerIT {
  @Test
  void noTokenIsCheckedByItsKeysAndKeysAreTaken() throws Exception {
    PrivateIssuer.assertNotBelieved();
  }
}
