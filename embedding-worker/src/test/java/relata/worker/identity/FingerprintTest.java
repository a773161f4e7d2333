package relata.worker.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void itIsTheHashOfModelDigestAndInputWithZerosBetween() throws Exception {
    assertArrayEquals(
        sha256("all-minilm\0abc\0Grüße"),
        identity(1, "all-minilm", "abc").fingerprint("Grüße").bytes());
    assertArrayEquals(
        sha256("llama\0abc\0prompt\000600"),
        identity(1, "llama", "abc").fingerprint("prompt", "600").bytes());
  }

  @Test
  void anotherGenerationWithTheSameModelMakesTheSame() {
    assertEquals(
        identity(1, "m", "abc").fingerprint("a"), identity(2, "m", "abc").fingerprint("a"));
    assertEquals(
        identity(1, "m", "abc").fingerprint("a").hashCode(),
        identity(2, "m", "abc").fingerprint("a").hashCode());
  }

  @Test
  void anotherModelDigestOrInputMakesAnother() {
    Fingerprint one = identity(1, "m", "abc").fingerprint("a");
    assertNotEquals(one, identity(1, "n", "abc").fingerprint("a"));
    assertNotEquals(one, identity(1, "m", "abd").fingerprint("a"));
    assertNotEquals(one, identity(1, "m", "abc").fingerprint("a "));
  }

  @Test
  void withoutADigestOnlyTheGenerationsOwnAreTheSame() {
    assertEquals(identity(1, "m", "").fingerprint("a"), identity(1, "m", "").fingerprint("a"));
    assertNotEquals(identity(1, "m", "").fingerprint("a"), identity(2, "m", "").fingerprint("a"));
  }

  @Test
  void whatTheClientBroughtIsNoModels() throws Exception {
    assertArrayEquals(sha256("\0provided\0a"), Fingerprint.ofProvided("a").bytes());
  }

  private static ModelIdentity identity(long generationId, String model, String digest) {
    return new ModelIdentity(generationId, Purpose.EMBED, model, digest, OptionalInt.empty());
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
