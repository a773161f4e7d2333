package relata.tls;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.security.KeyStore;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * For how long the certificates are still good that this process uses now, which need not be those
 * that lie in the files: what was replaced too late or cannot be read is seen here.
 */
@Startup
@Singleton
final class CertificateExpiry {
  CertificateExpiry(PeerTls tls, MeterRegistry meters) {
    tls.files()
        .forEach(
            (name, files) -> {
              register(meters, name, "own", files, TlsFiles::own);
              register(meters, name, "authority", files, TlsFiles::authority);
            });
  }

  private static void register(
      MeterRegistry meters,
      String name,
      String part,
      TlsFiles files,
      Function<TlsFiles, KeyStore> store) {
    if (store.apply(files) != null) {
      TimeGauge.builder(
              "relata.certificate.expires",
              files,
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
    return KeyStores.certificates(store).stream()
            .mapToDouble(each -> each.getNotAfter().toInstant().getEpochSecond())
            .min()
            .orElse(Double.NaN)
        - now.getEpochSecond();
  }
}
