package relata.api.once;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import relata.api.problem.Problem;

/**
 * The Idempotency-Key of a request (draft-ietf-httpapi-idempotency-key-header), by which its effect
 * takes place once however often it is sent.
 *
 * @param request SHA-256 of what is asked for, in hexadecimal
 */
public record OnceKey(String key, String request) {
  /** Name of the header. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

  /**
   * Reads the header; empty if it was not sent.
   *
   * @param request all that makes this request another one: operation, names, conditions, content;
   *     null for what was not sent
   * @throws relata.api.problem.ProblemException 400 if it is no key
   */
  public static Optional<OnceKey> of(String header, String... request) {
    if (header == null) {
      return Optional.empty();
    }
    // The draft has it in quotation marks, and many clients leave them out.
    String key = header.replaceFirst("^\"(.*)\"$", "$1");
    if (!FORM.matcher(key).matches()) {
      throw Problem.invalid(HEADER, "Must be 1 to 255 visible characters, such as a UUID.")
          .exception();
    }
    return Optional.of(new OnceKey(key, digest(request)));
  }

  private static String digest(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(UTF_8);
        // With its length, so that no two lists of parts are one text.
        digest.update((part == null ? "-" : bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
