package relata.worker.prompt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a model is given to describe a document. The document stands between two lines that name the
 * SHA-256 of what stands between them: no text can hold its own hash, so that none can close the
 * block and go on as if it were the prompt. The same template and document always give the same
 * prompt.
 */
public final class DocumentPrompt {
  /** Where the document goes in a template. */
  static final String PLACE = "{{document}}";

  /** 128 bits of the hash. */
  private static final int DELIMITER_BYTES = 16;

  private DocumentPrompt() {}

  /**
   * The template with the document in each of its places.
   *
   * @param maxInputLength the most characters of title and body together; the title goes first
   */
  public static String render(String template, String title, String body, int maxInputLength) {
    String line = PlainCharacters.of(title).replaceAll("\\s+", " ").strip();
    String shownTitle = PlainCharacters.first(line, maxInputLength);
    String shownBody =
        PlainCharacters.first(
                PlainCharacters.of(body).strip(), maxInputLength - shownTitle.length())
            .stripTrailing();
    StringBuilder document = new StringBuilder();
    if (!shownTitle.isEmpty()) {
      document.append("Title: ").append(shownTitle).append('\n');
    }
    if (!shownTitle.isEmpty() && !shownBody.isEmpty()) {
      document.append('\n');
    }
    if (!shownBody.isEmpty()) {
      document.append(shownBody).append('\n');
    }
    String delimiter = delimiter(document.toString());
    return template.replace(
        PLACE, "<document %1$s>\n%2$s</document %1$s>".formatted(delimiter, document));
  }

  private static String delimiter(String document) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DELIMITER_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256.", impossible);
    }
  }
}
