package relata.api.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import relata.api.json.JsonTree;
import relata.api.recipe.CanonicalJson;
import relata.api.text.TextRule;

/** The rule for metadata: any JSON object that the database keeps unchanged. */
final class Metadata {
  /** The database writes numbers out in full: beyond doubles, a short one would take kilobytes. */
  private static final int MAX_EXPONENT = 308;

  private static final int MAX_DIGITS = 100;

  /** Deeper than data is nested, and far from what exhausts a thread's stack. */
  private static final int MAX_DEPTH = 64;

  /**
   * Of all numbers together: each may be short as it is sent and 300 times as long as it is read.
   */
  private static final long MAX_ZEROS = 1_000_000;

  private Metadata() {}

  static String canonical(JsonNode metadata) {
    return CanonicalJson.write(metadata == null ? Map.of() : JsonTree.fields(metadata));
  }

  /** What is wrong, one sentence; empty if nothing is. */
  static Optional<String> fault(JsonNode metadata) {
    if (metadata == null) {
      return Optional.empty();
    }
    return valueFault(metadata, 0)
        .or(
            () ->
                zeros(metadata) <= MAX_ZEROS
                    ? Optional.empty()
                    : Optional.of(
                        "Must not have numbers that take more than %d zeros, written out in full."
                            .formatted(MAX_ZEROS)));
  }

  /** The zeros in front or at the end that numbers get when they are written without exponents. */
  private static long zeros(JsonNode value) {
    if (!value.isNumber()) {
      return value.valueStream().mapToLong(Metadata::zeros).sum();
    }
    BigDecimal number = value.decimalValue();
    return Math.max(0, Math.max(-number.scale(), number.scale() - number.precision()));
  }

  private static Optional<String> valueFault(JsonNode value, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.of("Must not be nested deeper than " + MAX_DEPTH + " levels.");
    }
    if (value.isTextual()) {
      return TextRule.storable(value.textValue());
    }
    if (value.isNumber()) {
      return isInRange(value.decimalValue())
          ? Optional.empty()
          : Optional.of("Must not have numbers beyond the range and precision of a double.");
    }
    Stream<Optional<String>> names =
        value.properties().stream().map(field -> TextRule.storable(field.getKey()));
    Stream<Optional<String>> values =
        value.valueStream().map(inner -> valueFault(inner, depth + 1));
    return Stream.concat(names, values).flatMap(Optional::stream).findFirst();
  }

  private static boolean isInRange(BigDecimal number) {
    return number.precision() <= MAX_DIGITS
        && Math.abs((long) number.precision() - number.scale()) <= MAX_EXPONENT;
  }
}
