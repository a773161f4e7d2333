package relata.api.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import relata.api.problem.FieldError;
import relata.api.text.TextRule;

/**
 * The content of a document, checked: what its version counts the changes of.
 *
 * @param format {@code markdown} or {@code plain}
 * @param metadata canonical JSON
 */
public record Content(String title, String body, String format, String metadata) {
  static final int MAX_TITLE_LENGTH = 2_000;

  /** What came of checking what a client sent. */
  public sealed interface Check {
    /** It may be stored. */
    record Accepted(Content content) implements Check {}

    /** It may not; every field that is wrong is named, there is at least one. */
    record Refused(List<FieldError> errors) implements Check {
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }

  /** Checks the fields of a document; null stands for a field that was left out. */
  public static Check check(String title, String body, String format, ObjectNode metadata) {
    List<FieldError> errors = new ArrayList<>();
    String text = body == null ? "" : body;
    Optional<DocumentFormat> known =
        format == null ? Optional.of(DocumentFormat.MARKDOWN) : DocumentFormat.of(format);
    note(errors, "title", TextRule.line(title, MAX_TITLE_LENGTH));
    note(errors, "body", TextRule.storable(text));
    note(errors, "metadata", Metadata.fault(metadata));
    if (known.isEmpty()) {
      errors.add(new FieldError("format", "Must be markdown or plain."));
    }
    return errors.isEmpty()
        ? new Check.Accepted(
            new Content(title, text, known.get().text(), Metadata.canonical(metadata)))
        : new Check.Refused(errors);
  }

  /** SHA-256 over all fields, 32 bytes. Lengths go in too, so that no two contents meet. */
  public byte[] hash() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String field : List.of(title, body, format, metadata)) {
        byte[] bytes = field.getBytes(UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static void note(List<FieldError> errors, String field, Optional<String> fault) {
    fault.ifPresent(detail -> errors.add(new FieldError(field, detail)));
  }
}
