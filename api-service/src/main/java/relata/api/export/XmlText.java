package relata.api.export;

/**
 * Text as XML 1.0 can hold it. Documents' ids and titles have no control characters and no half of
 * a surrogate pair; what is left is U+FFFE and U+FFFF, which stand for nothing.
 */
final class XmlText {
  private static final int REPLACEMENT = 0xFFFD;

  private XmlText() {}

  /** The same with what XML cannot hold replaced by U+FFFD. */
  static String of(String text) {
    if (text.codePoints().allMatch(XmlText::isCharacter)) {
      return text;
    }
    return text.codePoints()
        .map(point -> isCharacter(point) ? point : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The production Char of XML 1.0. */
  private static boolean isCharacter(int point) {
    return point == '\t'
        || point == '\n'
        || point == '\r'
        || (point >= ' ' && point < Character.MIN_SURROGATE)
        || (point > Character.MAX_SURROGATE && point <= REPLACEMENT)
        || point >= Character.MIN_SUPPLEMENTARY_CODE_POINT;
  }
}
