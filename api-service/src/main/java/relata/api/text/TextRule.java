package relata.api.text;

import java.util.Optional;

/** What text may hold, so that the database keeps exactly what was sent. */
public final class TextRule {
  private TextRule() {}

  /**
   * Checks text of one line: 1 to {@code maxLength} UTF-16 units, not blank, no control characters.
   *
   * @return what is wrong, one sentence; empty if nothing is
   */
  public static Optional<String> line(String text, int maxLength) {
    if (text == null) {
      return Optional.of("Is missing.");
    }
    if (text.isBlank()) {
      return Optional.of("Must not be blank.");
    }
    if (text.length() > maxLength) {
      return Optional.of("Must have at most " + maxLength + " characters.");
    }
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of("Must not contain control characters.");
    }
    return storable(text);
  }

  /** Checks text of any length that may have several lines. */
  public static Optional<String> storable(String text) {
    // PostgreSQL has no NUL in text, UTF-8 no half of a surrogate pair.
    if (text.indexOf('\0') >= 0) {
      return Optional.of("Must not contain NUL characters.");
    }
    if (text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE)) {
      return Optional.of("Must not contain half of a surrogate pair.");
    }
    return Optional.empty();
  }
}
