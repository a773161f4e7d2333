package relata.worker.prompt;

/**
 * Text without the characters that a reader does not see: they are how a text says one thing to
 * people and another to a model.
 */
final class PlainCharacters {
  private PlainCharacters() {}

  /**
   * The text with line feeds as its only line ends, without control characters but tabs, without
   * marks that turn the direction of writing, invisible spaces and tags, and without halves of
   * surrogate pairs.
   */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      switch (character) {
        case '\r' -> {
          plain.append('\n');
          at += at < text.length() && text.charAt(at) == '\n' ? 1 : 0;
        }
        case 0x0B, 0x0C, 0x85, 0x2028, 0x2029 -> plain.append('\n');
        case '\n', '\t' -> plain.appendCodePoint(character);
        default -> {
          if (!isHidden(character)) {
            plain.appendCodePoint(character);
          }
        }
      }
    }
    return plain.toString();
  }

  /** The beginning of the text, of at most so many characters, and of whole ones. */
  static String first(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean splitsPair = length > 0 && Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, splitsPair ? length - 1 : length);
  }

  private static boolean isHidden(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || character == 0x200B
        || character == 0x2060
        || character == 0xFEFF
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069)
        || (character >= 0xE0000 && character <= 0xE007F);
  }
}
