package relata.api.recipe;

import java.util.Map;
import java.util.TreeMap;

/** Lays what one recipe says over what another says, field by field. */
public final class RecipeLayers {
  private RecipeLayers() {}

  /**
   * The fields of both; where both have one, that of {@code over} holds. Objects are merged, and
   * null takes a whole object away: {@code "describe": null} asks for no descriptions.
   */
  public static Map<String, Object> merged(Map<?, ?> base, Map<?, ?> over) {
    Map<String, Object> fields = new TreeMap<>();
    base.forEach((name, value) -> fields.put((String) name, value));
    over.forEach(
        (name, value) ->
            fields.merge(
                (String) name, value == null ? Absent.ABSENT : value, RecipeLayers::merged));
    fields.replaceAll((_, value) -> value == Absent.ABSENT ? null : value);
    return fields;
  }

  private static Object merged(Object base, Object over) {
    return base instanceof Map<?, ?> lower && over instanceof Map<?, ?> upper
        ? merged(lower, upper)
        : over;
  }

  /** A map does not merge null. */
  private enum Absent {
    ABSENT
  }
}
