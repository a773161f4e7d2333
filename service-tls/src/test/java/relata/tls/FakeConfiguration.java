package relata.tls;

import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;

/** Files that a test replaces, one at a time if it likes. */
final class FakeConfiguration implements TlsConfiguration {
  static final String ALIAS = "own";
  static final String PASSWORD = "changeit";

  private boolean isReadable = true;
  private KeyStore nextCertificate;
  private KeyStore nextKey;
  private KeyStore certificate;
  private KeyStore key;

  FakeConfiguration(KeyStore certificate, KeyStore key) {
    next(certificate, key);
    reload();
  }

  /** What the next reading finds. */
  void next(KeyStore certificate, KeyStore key) {
    nextCertificate = certificate;
    nextKey = key;
  }

  void unreadable() {
    isReadable = false;
  }

  @Override
  public boolean reload() {
    certificate = nextCertificate;
    key = nextKey;
    return isReadable;
  }

  @Override
  public KeyStore getKeyStore() {
    return certificate;
  }

  @Override
  public KeyCertOptions getKeyStoreOptions() {
    return KeyCertOptions.wrap(new Keys(certificate, key));
  }

  @Override
  public KeyStore getTrustStore() {
    return null;
  }

  @Override
  public TrustOptions getTrustStoreOptions() {
    return null;
  }

  @Override
  public SSLContext createSSLContext() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new Keys(certificate, key)}, null, null);
    return context;
  }

  @Override
  public SSLOptions getSSLOptions() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isTrustAll() {
    return false;
  }

  @Override
  public Optional<String> getHostnameVerificationAlgorithm() {
    return Optional.empty();
  }

  @Override
  public boolean usesSni() {
    return false;
  }

  @Override
  public String getName() {
    return "fake";
  }

  /** A certificate of one store with the key of another. */
  static final class Keys extends X509ExtendedKeyManager {
    private final KeyStore certificate;
    private final KeyStore key;

    Keys(KeyStore certificate, KeyStore key) {
      this.certificate = certificate;
      this.key = key;
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
      return kind.equals(getPrivateKey(ALIAS).getAlgorithm()) ? new String[] {ALIAS} : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      try {
        return new X509Certificate[] {(X509Certificate) certificate.getCertificate(alias)};
      } catch (GeneralSecurityException unloaded) {
        throw new IllegalStateException(unloaded);
      }
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      try {
        return (PrivateKey) key.getKey(alias, PASSWORD.toCharArray());
      } catch (GeneralSecurityException unloaded) {
        throw new IllegalStateException(unloaded);
      }
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
      return getServerAliases(kind, issuers);
    }

    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
      return ALIAS;
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
      return ALIAS;
    }
  }
}
