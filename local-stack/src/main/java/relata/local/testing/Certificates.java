package relata.local.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.SignatureException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import relata.local.tool.Tool;

/** An authority of a test's own, whose certificates are made by openssl. */
public final class Certificates {
  private static final Tool OPENSSL =
      new Tool("openssl", "openssl", "OPENSSL", "elsewhere: https://openssl-library.org");

  /** Nothing of the machine's own configuration comes in. */
  private static final String EMPTY = "[req]\ndistinguished_name=name\n[name]\n";

  private static final String PASSWORD = "changeit";

  private final Path folder;

  private Certificates(Path folder) {
    this.folder = folder;
  }

  /** A certificate with its key and its authority, in files. */
  public record Pair(Path certificate, Path key, Path authority) {
    /**
     * Puts them where a process looks for them, as the kubelet does it: a link to a folder with all
     * three is replaced, so that no certificate is ever seen with another one's key.
     */
    public void mount(Path to) throws IOException {
      Files.createDirectories(to);
      Path data = Files.createTempDirectory(to, "..");
      copy(certificate, data.resolve("tls.crt"));
      copy(key, data.resolve("tls.key"));
      copy(authority, data.resolve("ca.crt"));
      Path link = Files.createSymbolicLink(data.resolveSibling(data.getFileName() + "-link"), data);
      Files.move(link, to.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
      for (String name : List.of("tls.crt", "tls.key", "ca.crt")) {
        if (!Files.exists(to.resolve(name))) {
          Files.createSymbolicLink(to.resolve(name), Path.of("..data", name));
        }
      }
    }

    /** The same with other authorities beside it. */
    public Pair believing(Path authorities) {
      return new Pair(certificate, key, authorities);
    }

    private static void copy(Path from, Path to) throws IOException {
      Files.copy(from, to);
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
    }
  }

  /**
   * Makes one that is believed for two days.
   *
   * @param folder for what it makes; it is made, too
   */
  public static Certificates authority(Path folder) throws IOException {
    return authority(folder, 2);
  }

  /**
   * Makes one.
   *
   * @param folder for what it makes; it is made, too
   * @param days that it is believed for
   */
  public static Certificates authority(Path folder, int days) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("empty.cnf"), EMPTY);
    Certificates made = new Certificates(folder);
    made.request("ca", days, "basicConstraints=critical,CA:TRUE", List.of());
    return made;
  }

  /** The file with its own certificate, by which it is believed. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /**
   * A certificate for DNS names, for a day.
   *
   * @param file how its files are called, and its subject
   */
  public Pair issue(String file, String... names) throws IOException {
    request(
        file,
        1,
        "subjectAltName=DNS:" + String.join(",DNS:", names),
        List.of("-CA", certificate().toString(), "-CAkey", folder.resolve("ca.key").toString()));
    return new Pair(folder.resolve(file + ".crt"), folder.resolve(file + ".key"), certificate());
  }

  /** Whether a certificate is of this authority: names of different authorities may be the same. */
  public boolean hasIssued(X509Certificate certificate) throws Exception {
    try {
      certificate.verify(read(certificate()).getPublicKey());
      return true;
    } catch (SignatureException | InvalidKeyException ofAnother) {
      return false;
    }
  }

  private static X509Certificate read(Path file) throws Exception {
    try (InputStream content = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
    }
  }

  /** What believes this authority, and shows a certificate if it has one. */
  public SSLContext context(Optional<Pair> own) throws Exception {
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("authority", read(certificate()));
    trusted.init(authorities);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    if (own.isPresent()) {
      keys.init(
          store("-in", own.get().certificate().toString(), "-inkey", own.get().key().toString()),
          PASSWORD.toCharArray());
    } else {
      keys.init(null, null);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private KeyStore store(String... arguments) throws Exception {
    Path file = Files.createTempFile(folder, "store", ".p12");
    List<String> command = new ArrayList<>(List.of("pkcs12", "-export"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-passout", "pass:" + PASSWORD, "-out", file.toString()));
    openssl(command);
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  private void request(String file, int days, String extension, List<String> issuer)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"));
    command.addAll(List.of("-config", folder.resolve("empty.cnf").toString()));
    command.addAll(List.of("-subj", "/CN=" + file, "-days", Integer.toString(days)));
    command.addAll(List.of("-addext", extension));
    command.addAll(issuer);
    command.addAll(List.of("-keyout", folder.resolve(file + ".key").toString()));
    command.addAll(List.of("-out", folder.resolve(file + ".crt").toString()));
    openssl(command);
  }

  private static void openssl(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(OPENSSL.find().toString()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
