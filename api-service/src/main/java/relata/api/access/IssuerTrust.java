package relata.api.access;

import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom to believe that it is the tokens' issuer: {@code quarkus.tls.issuer}, made here because the
 * registry's own setting for a file cannot be left empty.
 */
@Singleton
@Identifier("issuer")
final class IssuerTrust implements TrustStoreProvider {
  private final Optional<Path> authorities;

  IssuerTrust(AccessConfig config) {
    this.authorities = config.token().issuerCaFile();
  }

  /** Null without a file, for those that Java knows. */
  @Override
  public TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
    return authorities.map(file -> read(file, vertx)).orElse(null);
  }

  private static TrustStoreAndTrustOptions read(Path file, Vertx vertx) {
    PemTrustOptions options = new PemTrustOptions().addCertPath(file.toString());
    try {
      return new TrustStoreAndTrustOptions(options.loadKeyStore(vertx), options);
    } catch (Exception unusable) {
      throw new IllegalStateException(
          "RELATA_OIDC_CA_FILE names %s, which has no certificates that can be read: %s"
              .formatted(file, unusable.getMessage()),
          unusable);
    }
  }
}
