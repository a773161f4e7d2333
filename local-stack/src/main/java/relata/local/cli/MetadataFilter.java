package relata.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Conditions of metadata as they are typed: {@code path=value}, {@code path=a|b} for any of
 * several, {@code path>=2020} and the like, {@code path} alone if it has to be there, {@code !path}
 * if not. What reads as a number, true or false is one; quotes make a text of it, but a {@code |}
 * parts values inside of them, too.
 */
final class MetadataFilter {
  static final String FORMS =
      "takes path=value, path=a|b, path>=number, path (is there) or !path (is not)";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern FORM = Pattern.compile("(!?)([^=<>!]+)(?:(=|>=|<=|>|<)(.*))?");
  private static final Map<String, String> BOUNDS =
      Map.of(">", "gt", ">=", "gte", "<", "lt", "<=", "lte");

  private MetadataFilter() {}

  /**
   * The conditions as the API takes them.
   *
   * @throws IllegalArgumentException naming what cannot be read
   */
  static ObjectNode of(List<String> conditions) {
    ObjectNode metadata = JSON.createObjectNode();
    for (String condition : conditions) {
      Matcher form = FORM.matcher(condition);
      if (!form.matches() || (!form.group(1).isEmpty() && form.group(3) != null)) {
        throw new IllegalArgumentException(condition);
      }
      add(metadata, condition, form);
    }
    return metadata;
  }

  private static void add(ObjectNode metadata, String condition, Matcher form) {
    String path = form.group(2).strip();
    String operator = form.group(3);
    if (path.isEmpty()
        || (metadata.has(path) && (operator == null || !BOUNDS.containsKey(operator)))) {
      throw new IllegalArgumentException(condition);
    }
    if (operator == null) {
      metadata.putObject(path).put("exists", form.group(1).isEmpty());
    } else if (operator.equals("=")) {
      ArrayNode values = metadata.putArray(path);
      for (String value : form.group(4).split("\\|", -1)) {
        values.add(value(value.strip()));
      }
    } else {
      JsonNode bound = value(form.group(4).strip());
      JsonNode bounds = metadata.has(path) ? metadata.get(path) : metadata.putObject(path);
      if (!bound.isNumber()
          || !(bounds instanceof ObjectNode object)
          || object.has("exists")
          || object.has(BOUNDS.get(operator))) {
        throw new IllegalArgumentException(condition);
      }
      object.set(BOUNDS.get(operator), bound);
    }
  }

  private static JsonNode value(String typed) {
    try {
      JsonNode value = JSON.readTree(typed);
      return value.isNumber() || value.isBoolean() || value.isTextual()
          ? value
          : TextNode.valueOf(typed);
    } catch (JsonProcessingException words) {
      return TextNode.valueOf(typed);
    }
  }
}
