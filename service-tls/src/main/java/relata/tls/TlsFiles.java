package relata.tls;

import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;

/**
 * The files of one configuration, as they were last read whole. The registry's own reloading is not
 * used: it changes the options of servers and clients that run, and Vert.x drops who comes just
 * then.
 */
final class TlsFiles {
  private static final Logger LOG = Logger.getLogger(TlsFiles.class);

  private final TlsConfiguration configuration;
  private final Vertx vertx;
  private volatile Read read;

  /**
   * What handshakes are made by.
   *
   * @param own null if we show none
   * @param authority null if nobody is believed by an authority
   */
  private record Read(SSLContext context, KeyStore own, KeyStore authority) {}

  /**
   * @throws IllegalStateException if no handshake could be made by them
   */
  TlsFiles(TlsConfiguration configuration, Vertx vertx) {
    this.configuration = configuration;
    this.vertx = vertx;
    try {
      this.read = parsed();
    } catch (Exception unusable) {
      throw new IllegalStateException(
          "The TLS configuration \"%s\" cannot be used: %s"
              .formatted(configuration.getName(), unusable.getMessage()),
          unusable);
    }
  }

  SSLContext context() {
    return read.context();
  }

  /** Null if we show none. */
  KeyStore own() {
    return read.own();
  }

  /** Null if nobody is believed by an authority. */
  KeyStore authority() {
    return read.authority();
  }

  /** Reads them again. What cannot be used changes nothing, and is tried again the next time. */
  void renew() {
    String name = configuration.getName();
    try {
      if (!configuration.reload()) {
        throw new IOException("they cannot be read");
      }
      Read next = parsed();
      if (isAnother(next.own(), read.own()) || isAnother(next.authority(), read.authority())) {
        read = next;
        LOG.infof("TLS files replaced name=%s", name);
      }
    } catch (Exception unusable) {
      LOG.warnf(
          "TLS files unusable, those of before stay name=%s reason=%s",
          name, unusable.getMessage());
    }
  }

  private static boolean isAnother(KeyStore next, KeyStore before) {
    return !KeyStores.certificates(next).equals(KeyStores.certificates(before));
  }

  private Read parsed() throws Exception {
    if (configuration.getKeyStoreOptions() != null) {
      for (KeyManager keys :
          configuration.getKeyStoreOptions().getKeyManagerFactory(vertx).getKeyManagers()) {
        if (!KeyStores.fit(keys)) {
          // Two files are not replaced at once: one may be read of before, the other of after.
          throw new GeneralSecurityException("the key is of another certificate");
        }
      }
    }
    return new Read(
        configuration.createSSLContext(),
        configuration.getKeyStore(),
        configuration.getTrustStore());
  }
}
