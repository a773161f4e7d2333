package relata.api.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.testing.Certificates;

/** Which authorities the issuer of tokens is believed by. */
final class IssuerTrustTest {
  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void thoseOfTheFileAlone() throws Exception {
    Path first = Certificates.authority(folder.resolve("first")).certificate();
    Path second = Certificates.authority(folder.resolve("second")).certificate();
    Path both = folder.resolve("both.crt");
    Files.writeString(both, Files.readString(first) + Files.readString(second));

    assertEquals(1, trust(first.toString()).getTrustStore(vertx).trustStore.size());
    assertEquals(2, trust(both.toString()).getTrustStore(vertx).trustStore.size());
  }

  /** Null leaves it to Java. */
  @Test
  void thoseOfJavaWhereNoFileIsNamed() {
    assertNull(trust("").getTrustStore(vertx));
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.crt"));
    for (Path file : new Path[] {empty, folder.resolve("missing.crt")}) {
      IssuerTrust trust = trust(file.toString());
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> trust.getTrustStore(vertx));
      assertTrue(
          refused.getMessage().startsWith("RELATA_OIDC_CA_FILE names " + file),
          refused.getMessage());
    }
  }

  private static IssuerTrust trust(String file) {
    return new IssuerTrust(
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(AccessConfig.class)
            .withSources(
                new PropertiesConfigSource(
                    Map.of("relata.access.token.issuer-ca-file", file), "test", 100))
            .build()
            .getConfigMapping(AccessConfig.class));
  }
}
