package relata.graph.generation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import relata.graph.text.Attribute;
import relata.graph.text.Value;

/**
 * What a document's metadata can be filtered by: every value by the path that leads to it. Of a
 * document with a great many only the first are, so that no document makes the index large.
 */
final class Attributes {
  /** Longer texts are to be read, not to be compared. */
  private static final int LONGEST_TEXT = 1000;

  private static final int LONGEST_PATH = 1000;

  private final int most;
  private final List<Attribute> found = new ArrayList<>();

  private Attributes(int most) {
    this.most = most;
  }

  /**
   * @param metadata null for none
   * @param most how many values are taken
   */
  static List<Attribute> of(JsonObject metadata, int most) {
    Attributes attributes = new Attributes(most);
    if (metadata != null) {
      attributes.fields("", metadata);
    }
    return List.copyOf(attributes.found);
  }

  private void fields(String prefix, JsonObject object) {
    for (Map.Entry<String, Object> field : object) {
      value(prefix + field.getKey(), field.getValue());
    }
  }

  private void value(String path, Object value) {
    if (found.size() >= most || path.length() > LONGEST_PATH) {
      return;
    }
    switch (value) {
      case JsonObject object -> fields(path + ".", object);
      case JsonArray array -> array.forEach(element -> value(path, element));
      case String text ->
          add(path, text.length() > LONGEST_TEXT ? new Value.Opaque() : new Value.Text(text));
      case Number number -> add(path, new Value.Number(number.doubleValue()));
      case Boolean flag -> add(path, new Value.Flag(flag));
      case null, default -> {
        // Null is nothing, and JSON has nothing else.
      }
    }
  }

  private void add(String path, Value value) {
    found.add(new Attribute(path, value));
  }
}
