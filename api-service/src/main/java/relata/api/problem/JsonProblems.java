package relata.api.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says what is wrong with a piece of JSON in the user's words, not in the parser's. */
public final class JsonProblems {
  private JsonProblems() {}

  static Problem problem(JsonProcessingException malformed) {
    FieldError error = error(malformed);
    if (root(malformed) instanceof MismatchedInputException) {
      return Problem.invalid(List.of(error));
    }
    return Problem.of(ProblemType.INVALID_JSON, error.detail());
  }

  /** As {@link #error}, for one line of many, whose number is told beside it. */
  public static FieldError errorInLine(JsonProcessingException malformed) {
    return error(malformed, location -> " at column %d.".formatted(location.getColumnNr()));
  }

  /** The field, if it is known, and what is wrong with it. */
  static FieldError error(JsonProcessingException malformed) {
    return error(
        malformed,
        location ->
            " at line %d, column %d.".formatted(location.getLineNr(), location.getColumnNr()));
  }

  private static FieldError error(
      JsonProcessingException malformed, Function<JsonLocation, String> place) {
    return switch (root(malformed)) {
      case UnrecognizedPropertyException unknown ->
          new FieldError(path(unknown), "Unknown field" + known(unknown));
      case MismatchedInputException mismatched ->
          new FieldError(path(mismatched), expectation(mismatched));
      case StreamConstraintsException beyond ->
          new FieldError(null, "The JSON is nested too deeply or has a number that is too long.");
      case JsonEOFException cut -> new FieldError(null, "The JSON ends too early" + at(cut, place));
      case JsonParseException broken -> new FieldError(field(broken), syntax(broken, place));
      case JsonProcessingException other ->
          new FieldError(null, "The JSON cannot be read" + at(other, place));
    };
  }

  /** Data binding wraps what the parser found: the first cause is what the user did. */
  private static JsonProcessingException root(JsonProcessingException exception) {
    JsonProcessingException root = exception;
    while (root.getCause() instanceof JsonProcessingException cause) {
      root = cause;
    }
    return root;
  }

  private static String syntax(JsonParseException broken, Function<JsonLocation, String> place) {
    String message = broken.getOriginalMessage();
    String what = message.startsWith("Duplicate field") ? message : "Not valid JSON";
    return what + at(broken, place);
  }

  private static String field(JsonParseException broken) {
    JsonParser parser = broken.getProcessor();
    return parser == null ? null : parser.getParsingContext().getCurrentName();
  }

  private static String at(
      JsonProcessingException malformed, Function<JsonLocation, String> place) {
    return Optional.ofNullable(malformed.getLocation()).map(place).orElse(".");
  }

  private static String known(UnrecognizedPropertyException unknown) {
    return unknown.getKnownPropertyIds() == null
        ? "."
        : unknown.getKnownPropertyIds().stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", ", "; known are ", "."));
  }

  private static String expectation(MismatchedInputException mismatched) {
    Class<?> target = mismatched.getTargetType();
    if (target == String.class) {
      return "Must be text.";
    }
    if (target == Integer.class || target == int.class || target == Long.class) {
      return "Must be a whole number.";
    }
    if (target != null && Collection.class.isAssignableFrom(target)) {
      return "Must be a list.";
    }
    if (target == float[].class) {
      return "Must be a list of numbers.";
    }
    return "Must be a JSON object.";
  }

  private static String path(JsonMappingException exception) {
    String path =
        exception.getPath().stream()
            .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
            .collect(Collectors.joining("."));
    return path.isEmpty() ? null : path;
  }
}
