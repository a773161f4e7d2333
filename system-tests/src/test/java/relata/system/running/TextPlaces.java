package relata.system.running;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The places of a body where its schema lets a client write text; paths as {@code a/b/[]/c}. */
final class TextPlaces {
  private static final String ELEMENT = "[]";

  /** What a client may name as it likes. */
  private static final String ANY = "any";

  private static final int DEEPEST = 12;

  private final JsonNode description;
  private final Set<String> places = new TreeSet<>();

  private TextPlaces(JsonNode description) {
    this.description = description;
  }

  /** All of a schema, however deep. */
  static List<String> of(JsonNode description, JsonNode schema) {
    TextPlaces found = new TextPlaces(description);
    found.collect(schema, "", 0);
    return List.copyOf(found.places);
  }

  private void collect(JsonNode schema, String path, int depth) {
    if (depth > DEEPEST) {
      throw new IllegalStateException("a schema without an end at " + path);
    }
    if (schema.has("$ref")) {
      collect(description.at(schema.get("$ref").asText().substring(1)), path, depth + 1);
      return;
    }
    boolean isComposed = false;
    for (String composition : List.of("allOf", "anyOf", "oneOf")) {
      for (JsonNode part : schema.path(composition)) {
        isComposed = true;
        collect(part, path, depth + 1);
      }
    }
    JsonNode properties = schema.path("properties");
    properties
        .properties()
        .forEach(each -> collect(each.getValue(), child(path, each.getKey()), depth + 1));
    if (schema.has("items")) {
      collect(schema.get("items"), child(path, ELEMENT), depth + 1);
    }
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject() && !others.isEmpty()) {
      collect(others, child(path, ANY), depth + 1);
    } else if (isOf(schema, "object") && properties.isEmpty() && !isComposed) {
      places.add(child(path, ANY));
    }
    boolean saysNothing = !schema.has("type") && properties.isEmpty() && !schema.has("items");
    if (isOf(schema, "string") || (saysNothing && !isComposed)) {
      places.add(path);
    }
  }

  private static boolean isOf(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    return types.isArray()
        ? types.valueStream().anyMatch(each -> each.asText().equals(type))
        : types.asText().equals(type);
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  /** The body with the text at the place, and all else as it was. */
  static JsonNode with(JsonNode body, String place, String text) {
    return place.isEmpty()
        ? JsonNodeFactory.instance.textNode(text)
        : with(body.deepCopy(), List.of(place.split("/", -1)), text);
  }

  private static JsonNode with(JsonNode node, List<String> path, String text) {
    if (path.isEmpty()) {
      return JsonNodeFactory.instance.textNode(text);
    }
    String name = path.getFirst();
    List<String> rest = path.subList(1, path.size());
    if (name.equals(ELEMENT)) {
      ArrayNode array =
          node instanceof ArrayNode there ? there : JsonNodeFactory.instance.arrayNode();
      JsonNode first = with(array.path(0), rest, text);
      if (array.isEmpty()) {
        array.add(first);
      } else {
        array.set(0, first);
      }
      return array;
    }
    ObjectNode object =
        node instanceof ObjectNode there ? there : JsonNodeFactory.instance.objectNode();
    object.set(name, with(object.path(name), rest, text));
    return object;
  }
}
