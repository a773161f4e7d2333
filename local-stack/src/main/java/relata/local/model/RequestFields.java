package relata.local.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads the fields that several endpoints share. A field that is missing or null takes its default;
 * one of another type is refused by its name; unknown fields are ignored, as Ollama does.
 */
final class RequestFields {

  private final ObjectNode body;

  RequestFields(ObjectNode body) {
    this.body = body;
  }

  /** The model's name, under {@code model} or, as older clients send it, {@code name}. */
  String model() throws Refusal {
    String name = text("model");
    if (name.isEmpty()) {
      name = text("name");
    }
    if (name.isEmpty()) {
      throw Refusal.badRequest("model is required");
    }
    return name;
  }

  /** A string, empty if it is missing. */
  String text(String field) throws Refusal {
    JsonNode value = body.path(field);
    if (absent(value)) {
      return "";
    }
    if (!value.isTextual()) {
      throw Refusal.badRequest(field + " must be a string");
    }
    return value.textValue();
  }

  boolean flag(String field, boolean otherwise) throws Refusal {
    JsonNode value = body.path(field);
    if (absent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw Refusal.badRequest(field + " must be true or false");
    }
    return value.booleanValue();
  }

  OptionalInt number(String field) throws Refusal {
    return number(body.path(field), field);
  }

  /** An integer of the {@code options} object. */
  OptionalInt option(String field) throws Refusal {
    JsonNode options = body.path("options");
    if (!absent(options) && !options.isObject()) {
      throw Refusal.badRequest("options must be an object");
    }
    return number(options.path(field), "options." + field);
  }

  Optional<Duration> keepAlive() throws Refusal {
    return KeepAlive.parse(body.path("keep_alive"));
  }

  JsonNode value(String field) {
    return body.path(field);
  }

  /** Whether a field says something: it is neither missing, null, false, nor empty. */
  boolean given(String field) {
    JsonNode value = body.path(field);
    boolean empty = value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
    return !absent(value) && !empty && !(value.isBoolean() && !value.booleanValue());
  }

  static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static OptionalInt number(JsonNode value, String name) throws Refusal {
    if (absent(value)) {
      return OptionalInt.empty();
    }
    if (!value.isNumber() || !value.canConvertToInt()) {
      throw Refusal.badRequest(name + " must be an integer");
    }
    return OptionalInt.of(value.intValue());
  }
}
