package relata.tls;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * For how long the certificates are still good that this process uses now, which need not be those
 * that lie in the files: what was replaced too late or cannot be read is seen here.
 */
@Startup
@Singleton
final class CertificateExpiry {
  CertificateExpiry(TlsConfigurationRegistry registry, MeterRegistry meters) {
    for (String name : TlsNames.ALL) {
      registry
          .get(name)
          .ifPresent(
              configuration -> {
                register(meters, name, "own", configuration, TlsConfiguration::getKeyStore);
                register(meters, name, "authority", configuration, TlsConfiguration::getTrustStore);
              });
    }
  }

  private static void register(
      MeterRegistry meters,
      String name,
      String part,
      TlsConfiguration configuration,
      Function<TlsConfiguration, KeyStore> store) {
    if (store.apply(configuration) != null) {
      TimeGauge.builder(
              "relata.certificate.expires",
              configuration,
              TimeUnit.SECONDS,
              used -> secondsLeft(store.apply(used), Instant.now()))
          .description("Time until the first of the certificates ends; below zero since when")
          .tag("certificate", name)
          .tag("part", part)
          .strongReference(true)
          .register(meters);
    }
  }

  /**
   * To the end of the first certificate that ends.
   *
   * @return not a number if there is none
   */
  static double secondsLeft(KeyStore store, Instant now) {
    return certificatesOf(store).stream()
            .mapToDouble(each -> each.getNotAfter().toInstant().getEpochSecond())
            .min()
            .orElse(Double.NaN)
        - now.getEpochSecond();
  }

  private static List<X509Certificate> certificatesOf(KeyStore store) {
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (String alias : Collections.list(store.aliases())) {
        Certificate[] chain = store.getCertificateChain(alias);
        Certificate[] all = chain == null ? new Certificate[] {store.getCertificate(alias)} : chain;
        for (Certificate each : all) {
          if (each instanceof X509Certificate certificate) {
            found.add(certificate);
          }
        }
      }
    } catch (KeyStoreException unloaded) {
      throw new IllegalStateException(unloaded);
    }
    return found;
  }
}
