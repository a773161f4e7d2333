package relata.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import relata.api.json.JsonTree;
import relata.api.recipe.RecipeReader;
import relata.api.recipe.RecipeReading;

/** Holds the described recipe against what the reader of recipes takes and fills in. */
final class RecipeDescription {
  private final JsonNode parts;

  RecipeDescription(JsonNode parts) {
    this.parts = parts;
  }

  void check() {
    assertEquals(7, parts.size());
    parts
        .properties()
        .forEach(
            part -> {
              if (part.getValue().has("properties")) {
                check(part.getKey(), part.getValue().path("properties"));
              } else {
                checkChoice(part.getKey(), part.getValue());
              }
            });
  }

  private static void checkChoice(String name, JsonNode field) {
    List<Object> fine = new ArrayList<>(List.of(value(field.get("default"))));
    field.path("enum").valueStream().forEach(one -> fine.add(value(one)));
    fine.forEach(
        one ->
            assertInstanceOf(
                RecipeReading.Valid.class, RecipeReader.read(Map.of(name, one)), name));
    assertInstanceOf(
        RecipeReading.Invalid.class, RecipeReader.read(Map.of(name, "none-such")), name);
  }

  private void check(String part, JsonNode fields) {
    Map<String, Object> unknown = Map.of("none-such", 1);
    String known =
        reading(part, unknown) instanceof RecipeReading.Invalid(var faults)
            ? faults.getFirst().detail()
            : "";
    List<String> names = fields.properties().stream().map(Map.Entry::getKey).sorted().toList();
    assertEquals("Unknown field; known are " + String.join(", ", names) + ".", known, part);
    fields.properties().forEach(field -> check(part, field.getKey(), field.getValue()));
  }

  private void check(String part, String name, JsonNode field) {
    if (field.has("default")) {
      expect(true, part, name, value(field.get("default")));
    }
    field.path("enum").valueStream().forEach(one -> expect(true, part, name, value(one)));
    if (field.has("enum")) {
      expect(false, part, name, "none-such");
    }
    // The overlap's bound is another field's value.
    if (field.has("minimum")) {
      expect(true, part, name, value(field.get("minimum")));
      expect(false, part, name, field.get("minimum").intValue() - 1);
    }
    if (field.has("maximum")) {
      expect(true, part, name, value(field.get("maximum")));
      expect(false, part, name, field.get("maximum").intValue() + 1);
    }
    if (field.has("maxLength")) {
      int longest = field.get("maxLength").intValue();
      expect(true, part, name, "x".repeat(longest));
      expect(false, part, name, "x".repeat(longest + 1));
    }
  }

  private void expect(boolean isFine, String part, String name, Object value) {
    Map<String, Object> fields = new HashMap<>();
    if (part.equals("embed") && name.equals("dimension")) {
      fields.put("source", "client");
    }
    if (part.equals("embed") && "client".equals(value)) {
      fields.put("dimension", 3);
    }
    fields.put(name, value);
    assertEquals(
        isFine,
        reading(part, fields) instanceof RecipeReading.Valid,
        () -> part + "." + name + " " + value);
  }

  private static RecipeReading reading(String part, Map<String, Object> fields) {
    return RecipeReader.read(Map.of(part, fields));
  }

  private static Object value(JsonNode node) {
    return JsonTree.fields(JsonNodeFactory.instance.objectNode().set("value", node)).get("value");
  }
}
