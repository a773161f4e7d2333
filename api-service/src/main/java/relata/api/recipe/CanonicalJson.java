package relata.api.recipe;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in one spelling: keys sorted by UTF-16 code units, no white space, numbers without trailing
 * zeros. Equal values give equal bytes, so hashes of it compare values and not spellings.
 */
public final class CanonicalJson {
  /** Integers up to here are written out; larger ones with an exponent, which is bounded. */
  private static final int MAX_PLAIN_DIGITS = 20;

  private CanonicalJson() {}

  /**
   * Writes a value made of Map (with text keys), List, String, Number, Boolean and null.
   *
   * @throws IllegalArgumentException for any other type
   */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    switch (value) {
      case null -> out.append("null");
      case String text -> appendText(out, text);
      case Boolean flag -> out.append(flag);
      case Number number -> out.append(canonical(number));
      case List<?> elements -> appendElements(out, elements);
      case Map<?, ?> fields -> appendFields(out, fields);
      default -> throw new IllegalArgumentException("no JSON: " + value.getClass());
    }
  }

  private static String canonical(Number number) {
    BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
    boolean isShortInteger =
        exact.scale() <= 0 && (long) exact.precision() - exact.scale() <= MAX_PLAIN_DIGITS;
    return isShortInteger ? exact.toPlainString() : exact.toString();
  }

  private static void appendElements(StringBuilder out, List<?> elements) {
    String separator = "[";
    for (Object element : elements) {
      out.append(separator);
      append(out, element);
      separator = ",";
    }
    out.append(elements.isEmpty() ? "[]" : "]");
  }

  private static void appendFields(StringBuilder out, Map<?, ?> fields) {
    Map<String, Object> sorted = new TreeMap<>();
    fields.forEach((name, value) -> sorted.put((String) name, value));
    String separator = "{";
    for (Map.Entry<String, Object> field : sorted.entrySet()) {
      out.append(separator);
      appendText(out, field.getKey());
      out.append(':');
      append(out, field.getValue());
      separator = ",";
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void appendText(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == '"' || character == '\\') {
        out.append('\\').append(character);
      } else if (character < 0x20) {
        out.append("\\u%04x".formatted((int) character));
      } else {
        out.append(character);
      }
    }
    out.append('"');
  }
}
