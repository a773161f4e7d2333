package relata.graph.opensearch;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import relata.graph.text.Attribute;
import relata.graph.text.Value;

/**
 * Metadata as keywords of one field: the path, a zero, the type, the value; numbers in an order of
 * letters. A field of OpenSearch for each path would be refused once there are a thousand. A path
 * holds no zero, because PostgreSQL keeps none in JSON.
 */
final class AttributeKeys {
  private static final char SEPARATOR = 0;
  private static final char EXISTS = 'e';
  private static final char TEXT = 't';
  private static final char NUMBER = 'n';
  private static final char FLAG = 'f';

  private AttributeKeys() {}

  static Set<String> of(List<Attribute> attributes) {
    Set<String> keys = new LinkedHashSet<>();
    for (Attribute attribute : attributes) {
      String path = attribute.path();
      for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
        keys.add(exists(path.substring(0, dot)));
      }
      keys.add(exists(path));
      if (!(attribute.value() instanceof Value.Opaque)) {
        keys.add(value(path, attribute.value()));
      }
    }
    return keys;
  }

  static String exists(String path) {
    return path + SEPARATOR + EXISTS;
  }

  static String value(String path, Value value) {
    return switch (value) {
      case Value.Text(String text) -> path + SEPARATOR + TEXT + text;
      case Value.Number(double number) -> path + SEPARATOR + NUMBER + sortable(number);
      case Value.Flag(boolean isTrue) -> path + SEPARATOR + FLAG + isTrue;
      case Value.Opaque _ -> throw new IllegalArgumentException("nothing to compare at " + path);
    };
  }

  /** In the order of the numbers: negative ones turned round, all others above them. */
  private static String sortable(double number) {
    long bits = Double.doubleToLongBits(number);
    long ordered = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    return "%016x".formatted(ordered);
  }
}
