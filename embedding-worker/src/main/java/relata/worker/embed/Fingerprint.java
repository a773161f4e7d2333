package relata.worker.embed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * SHA-256 of a recipe's fingerprint, a zero byte and what the model is given: equal fingerprints
 * have equal vectors, so that one text is embedded once.
 */
public final class Fingerprint {
  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of a text under a recipe. */
  public static Fingerprint of(byte[] recipeFingerprint, String input) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
    digest.update(recipeFingerprint);
    digest.update((byte) 0);
    return new Fingerprint(digest.digest(input.getBytes(StandardCharsets.UTF_8)));
  }

  static Fingerprint stored(byte[] bytes) {
    return new Fingerprint(bytes);
  }

  /** The 32 bytes; shared, so never written to. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
