package relata.graph.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import relata.graph.problem.ProblemException;
import relata.graph.text.ChunkFilter;
import relata.graph.text.Condition;
import relata.graph.text.Value;

/**
 * Reads {@code {"metadata": {PATH: WHAT, …}, "kinds": [KIND, …]}}, where WHAT is a value (equal), a
 * list of values (any of them), {@code {"exists": true}}, or bounds of a number ({@code gt}, {@code
 * gte}, {@code lt}, {@code lte}). All of it must hold.
 */
final class FilterReader {
  private static final Set<String> KINDS =
      Set.of("title", "description", "paragraph", "list", "heading", "table", "code");
  private static final Set<String> BOUNDS = Set.of("gt", "gte", "lt", "lte");
  private static final int MOST_CONDITIONS = 32;
  private static final int MOST_VALUES = 100;
  private static final int LONGEST = 1000;

  private FilterReader() {}

  /**
   * @throws ProblemException naming the field that is wrong
   */
  static ChunkFilter read(Map<String, Object> filter) {
    for (String field : filter.keySet()) {
      if (!field.equals("metadata") && !field.equals("kinds")) {
        throw bad(field, "is unknown; known are kinds, metadata");
      }
    }
    return new ChunkFilter(kinds(filter.get("kinds")), conditions(filter.get("metadata")));
  }

  private static Set<String> kinds(Object kinds) {
    if (kinds == null) {
      return Set.of();
    }
    Set<String> read = new HashSet<>();
    if (kinds instanceof List<?> list && !list.isEmpty()) {
      for (Object kind : list) {
        if (kind instanceof String text && KINDS.contains(text)) {
          read.add(text);
        }
      }
      if (read.size() == new HashSet<>(list).size()) {
        return read;
      }
    }
    throw bad(
        "kinds", "must be a list of title, description, paragraph, list, heading, table, code");
  }

  private static List<Condition> conditions(Object metadata) {
    if (metadata == null) {
      return List.of();
    }
    if (!(metadata instanceof Map<?, ?> paths) || paths.size() > MOST_CONDITIONS) {
      throw bad("metadata", "must be an object of at most " + MOST_CONDITIONS + " paths");
    }
    List<Condition> conditions = new ArrayList<>();
    paths.forEach((path, what) -> conditions.add(condition((String) path, what)));
    return conditions;
  }

  private static Condition condition(String path, Object what) {
    String field = "metadata." + path;
    if (path.isEmpty() || path.length() > LONGEST || path.indexOf(0) >= 0) {
      throw bad("metadata", "has a path that is empty or too long");
    }
    if (what instanceof Map<?, ?> bounds) {
      return bounds.keySet().equals(Set.of("exists"))
              && bounds.get("exists") instanceof Boolean isWanted
          ? new Condition.Exists(path, isWanted)
          : range(field, path, bounds);
    }
    List<?> values = what instanceof List<?> list ? list : Arrays.asList(what);
    if (values.isEmpty() || values.size() > MOST_VALUES) {
      throw bad(field, "must have from 1 to " + MOST_VALUES + " values");
    }
    return new Condition.AnyOf(path, values.stream().map(value -> value(field, value)).toList());
  }

  private static Condition range(String field, String path, Map<?, ?> bounds) {
    if (bounds.isEmpty()
        || !BOUNDS.containsAll(bounds.keySet())
        || !bounds.values().stream().allMatch(Number.class::isInstance)
        || (bounds.containsKey("gt") && bounds.containsKey("gte"))
        || (bounds.containsKey("lt") && bounds.containsKey("lte"))) {
      throw bad(
          field,
          "must be a value, a list of values, {\"exists\": true or false}, or numbers for gt or"
              + " gte, and lt or lte");
    }
    double low = bound(bounds, "gt", "gte", Double.NEGATIVE_INFINITY);
    double high = bound(bounds, "lt", "lte", Double.POSITIVE_INFINITY);
    return new Condition.Range(
        path, low, !bounds.containsKey("gt"), high, !bounds.containsKey("lt"));
  }

  private static double bound(Map<?, ?> bounds, String without, String with, double none) {
    Object bound = bounds.containsKey(without) ? bounds.get(without) : bounds.get(with);
    // Negative zero is zero.
    return bound == null ? none : ((Number) bound).doubleValue() + 0.0;
  }

  private static Value value(String field, Object value) {
    return switch (value) {
      case String text when text.length() <= LONGEST -> new Value.Text(text);
      case Number number -> new Value.Number(number.doubleValue());
      case Boolean flag -> new Value.Flag(flag);
      case null, default ->
          throw bad(field, "must be text of at most 1000 characters, a number, true or false");
    };
  }

  private static ProblemException bad(String field, String detail) {
    return ProblemException.badField("filter." + field, detail);
  }
}
