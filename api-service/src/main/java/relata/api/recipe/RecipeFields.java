package relata.api.recipe;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import relata.api.recipe.RecipeReading.Fault;

/**
 * The fields of one object of a recipe. A field that is wrong is noted and read as its default, so
 * that one reading finds every fault.
 */
final class RecipeFields {
  private final String path;
  private final Map<?, ?> fields;
  private final List<Fault> faults;
  private final Set<String> known = new HashSet<>();

  RecipeFields(String path, Map<?, ?> fields, List<Fault> faults) {
    this.path = path;
    this.fields = fields;
    this.faults = faults;
  }

  RecipeFields object(String name) {
    Object value = take(name);
    if (value instanceof Map<?, ?> object) {
      return new RecipeFields(path + name + ".", object, faults);
    }
    if (fields.containsKey(name)) {
      fault(name, "Must be a JSON object.");
    }
    return new RecipeFields(path + name + ".", Map.of(), faults);
  }

  /** The same for an object whose absence means something; null is absence, too. */
  Optional<RecipeFields> objectIfAny(String name) {
    return take(name) == null ? Optional.empty() : Optional.of(object(name));
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name, String fallback, int maxLength) {
    return read(
        name,
        fallback,
        value -> value instanceof String text && isStorable(text, maxLength) ? text : null,
        "Must be text of at most " + maxLength + " characters without control characters.");
  }

  int integer(String name, int fallback, int min, int max) {
    return read(
        name,
        fallback,
        value -> value instanceof Integer number && number >= min && number <= max ? number : null,
        "Must be a whole number from " + min + " to " + max + ".");
  }

  double number(String name, double fallback, int min, int max) {
    return read(
        name,
        fallback,
        value ->
            value instanceof Number number
                    && number.doubleValue() >= min
                    && number.doubleValue() <= max
                ? number.doubleValue()
                : null,
        "Must be a number from " + min + " to " + max + ".");
  }

  <T> T choice(String name, T fallback, Function<String, Optional<T>> parse, String detail) {
    return read(name, fallback, value -> parsed(value, parse).orElse(null), detail);
  }

  <T> List<T> choices(String name, Function<String, Optional<T>> parse, String detail) {
    return read(name, List.of(), value -> parsedAll(value, parse), detail);
  }

  void fault(String name, String detail) {
    faults.add(new Fault(path + name, detail));
  }

  /** Notes every field that was not asked for. */
  void refuseOthers() {
    for (Object name : fields.keySet()) {
      if (!known.contains(String.valueOf(name))) {
        String names = String.join(", ", known.stream().sorted().toList());
        fault(String.valueOf(name), "Unknown field; known are " + names + ".");
      }
    }
  }

  private <T> T read(String name, T fallback, Function<Object, T> reading, String detail) {
    Object value = take(name);
    if (!fields.containsKey(name)) {
      return fallback;
    }
    T read = value == null ? null : reading.apply(value);
    if (read == null) {
      fault(name, detail);
      return fallback;
    }
    return read;
  }

  private Object take(String name) {
    known.add(name);
    return fields.get(name);
  }

  private static <T> Optional<T> parsed(Object value, Function<String, Optional<T>> parse) {
    return value instanceof String text ? parse.apply(text) : Optional.empty();
  }

  private static <T> List<T> parsedAll(Object value, Function<String, Optional<T>> parse) {
    if (!(value instanceof List<?> elements)) {
      return null;
    }
    List<T> all =
        elements.stream().map(element -> parsed(element, parse)).flatMap(Optional::stream).toList();
    return all.size() == elements.size() ? all : null;
  }

  /** PostgreSQL keeps no NUL, UTF-8 no half of a surrogate pair. */
  private static boolean isStorable(String text, int maxLength) {
    return text.length() <= maxLength
        && text.codePoints()
            .noneMatch(
                point ->
                    (Character.isISOControl(point) && point != '\n' && point != '\t')
                        || Character.getType(point) == Character.SURROGATE);
  }
}
