package relata.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read again, and when it is used. */
final class TlsFilesTest {
  @TempDir static Path folder;

  private static KeyStore first;
  private static KeyStore second;

  private final FakeConfiguration configuration = new FakeConfiguration(first, first);
  private final TlsFiles files = new TlsFiles(configuration, null);
  private final SSLContext before = files.context();

  @BeforeAll
  static void make() throws Exception {
    first = keyAndCertificate("first", "EC");
    second = keyAndCertificate("second", "EC");
  }

  @Test
  void whatIsAnotherIsUsed() {
    configuration.next(second, second);
    files.renew();

    assertNotSame(before, files.context());
    assertEquals(KeyStores.certificates(second), KeyStores.certificates(files.own()));
  }

  @Test
  void whatIsTheSameChangesNothing() {
    files.renew();

    assertSame(before, files.context());
  }

  /** As they are when one file is read before it is replaced and the other after. */
  @Test
  void aCertificateWithoutItsKeyIsNotUsedUntilItHasIt() {
    configuration.next(second, first);
    files.renew();

    assertSame(before, files.context());
    assertEquals(KeyStores.certificates(first), KeyStores.certificates(files.own()));

    configuration.next(second, second);
    files.renew();

    assertNotSame(before, files.context());
  }

  @Test
  void whatCannotBeReadChangesNothing() {
    configuration.unreadable();
    files.renew();

    assertSame(before, files.context());
  }

  @Test
  void nobodyStartsWithACertificateWithoutItsKey() {
    FakeConfiguration mixed = new FakeConfiguration(second, first);

    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> new TlsFiles(mixed, null));
    assertTrue(refused.getMessage().contains("the key is of another certificate"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keysOfEachKindAreLookedAt(String kind) throws Exception {
    KeyStore one = keyAndCertificate("one-" + kind, kind);
    KeyStore other = keyAndCertificate("other-" + kind, kind);

    assertTrue(KeyStores.fit(new FakeConfiguration.Keys(one, one)));
    assertFalse(KeyStores.fit(new FakeConfiguration.Keys(one, other)));
  }

  private static KeyStore keyAndCertificate(String name, String kind) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                kind,
                "-dname",
                "CN=" + name,
                "-alias",
                FakeConfiguration.ALIAS,
                "-keystore",
                file.toString(),
                "-storepass",
                FakeConfiguration.PASSWORD)
            .redirectErrorStream(true)
            .start();
    List<String> said = keytool.inputReader().lines().toList();
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(said.toString());
    }
    return KeyStore.getInstance(file.toFile(), FakeConfiguration.PASSWORD.toCharArray());
  }
}
