package relata.tls;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyStore;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class CertificateExpiryTest {
  @Test
  void isNoNumberWhereThereIsNoCertificate() throws Exception {
    KeyStore empty = KeyStore.getInstance("PKCS12");
    empty.load(null, null);

    assertTrue(Double.isNaN(CertificateExpiry.secondsLeft(empty, Instant.EPOCH)));
  }
}
