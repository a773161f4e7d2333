package relata.api.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner holds it: {@code rk_<id>_<secret>}, of which only the id may be seen.
 *
 * @param id 16 hexadecimal digits, or {@code operator}
 * @param secret 64 hexadecimal digits: 256 random bits, which nobody finds by trying
 */
record KeyText(String id, String secret) {
  /**
   * What all keys begin with, so that they are told from other tokens, and found where they leak.
   */
  static final String PREFIX = "rk_";

  /** Id of the operator's key, which is in no database. */
  static final String OPERATOR = "operator";

  private static final Pattern FORM = Pattern.compile("rk_([0-9a-f]{16}|operator)_([0-9a-f]{64})");
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Reads a key; empty if it has not the form of one. */
  static Optional<KeyText> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new KeyText(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** A new key that nobody has. */
  static KeyText random() {
    return new KeyText(hex(8), hex(32));
  }

  /** SHA-256 of the secret: what is kept of it. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** In constant time. */
  boolean has(byte[] hash) {
    return MessageDigest.isEqual(hash(), hash);
  }

  /** The whole key, to be shown once. */
  String text() {
    return PREFIX + id + "_" + secret;
  }

  /** A secret is in no log. */
  @Override
  public String toString() {
    return PREFIX + id;
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
