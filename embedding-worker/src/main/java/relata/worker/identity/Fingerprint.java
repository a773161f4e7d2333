package relata.worker.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * What tells whether a model would answer the same: SHA-256 of the model, its digest and what it is
 * given, with a zero byte between each. Equal fingerprints have equal vectors or descriptions, so
 * that one text is asked about once, whatever generation asks.
 */
public final class Fingerprint {
  private final byte[] bytes;

  private Fingerprint(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Of what a model is given. */
  static Fingerprint of(String model, String origin, String... input) {
    MessageDigest digest = sha256();
    add(digest, model);
    add(digest, origin);
    for (int i = 0; i < input.length - 1; i++) {
      add(digest, input[i]);
    }
    return new Fingerprint(digest.digest(input[input.length - 1].getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Of a text whose vector the client brought. It begins like that of a model without a name, and
   * there is none: no text that is embedded here takes such a vector.
   */
  public static Fingerprint ofProvided(String text) {
    return of("", "provided", text);
  }

  /** One that was stored. */
  public static Fingerprint stored(byte[] bytes) {
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

  private static void add(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
  }
}
