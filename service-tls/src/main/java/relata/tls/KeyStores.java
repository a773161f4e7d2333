package relata.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** What lies in stores of keys and certificates. */
final class KeyStores {
  /** By kind of key, a way to sign with it. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  private KeyStores() {}

  /** All certificates; none if there is no store. */
  static Set<X509Certificate> certificates(KeyStore store) {
    Set<X509Certificate> found = new HashSet<>();
    try {
      for (String alias : store == null ? List.<String>of() : Collections.list(store.aliases())) {
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

  /** Whether each certificate has its own key: what one signs, the other confirms. */
  static boolean fit(KeyManager manager) throws GeneralSecurityException {
    if (manager instanceof X509KeyManager keys) {
      for (Map.Entry<String, String> kind : SIGNATURES.entrySet()) {
        String[] aliases = keys.getServerAliases(kind.getKey(), null);
        for (String alias : aliases == null ? new String[0] : aliases) {
          PrivateKey key = keys.getPrivateKey(alias);
          if (!fit(key, keys.getCertificateChain(alias)[0], kind.getValue())) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean fit(PrivateKey key, X509Certificate certificate, String algorithm)
      throws GeneralSecurityException {
    byte[] something = certificate.getEncoded();
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(something);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    signature.update(something);
    return signature.verify(signed);
  }
}
