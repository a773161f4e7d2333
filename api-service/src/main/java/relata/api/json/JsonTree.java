package relata.api.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jackson's trees as JDK types, for the packages that know the JDK alone. */
public final class JsonTree {
  private JsonTree() {}

  /** An object's fields; each value is a Map, List, String, Number, Boolean or null. */
  public static Map<String, Object> fields(JsonNode object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue())));
    return fields;
  }

  private static Object value(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> fields(node);
      case ARRAY -> elements(node);
      case STRING -> node.textValue();
      case NUMBER -> node.numberValue();
      case BOOLEAN -> node.booleanValue();
      case NULL, MISSING -> null;
      case BINARY, POJO -> throw new IllegalArgumentException("not parsed from JSON");
    };
  }

  private static List<Object> elements(JsonNode array) {
    List<Object> elements = new ArrayList<>(array.size());
    array.forEach(element -> elements.add(value(element)));
    return elements;
  }
}
