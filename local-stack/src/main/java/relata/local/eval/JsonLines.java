package relata.local.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a JSON object a line. */
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  /** Takes an object with the number of its line, from 1 up. */
  @FunctionalInterface
  interface Reader {
    void accept(long line, JsonNode object);
  }

  /**
   * @throws JudgementException naming the line that is no object
   */
  static void read(Path file, Reader reader) throws IOException {
    if (!Files.isReadable(file)) {
      throw new JudgementException(file + " is missing.");
    }
    long number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          reader.accept(number, object(file, number, line));
        }
      }
    } catch (CharacterCodingException otherCharset) {
      throw JudgementException.at(file, number + 1, "is not UTF-8 text");
    }
  }

  /**
   * The text of a field.
   *
   * @throws JudgementException if it is missing or no text
   */
  static String text(Path file, long line, JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (!value.isTextual()) {
      throw JudgementException.at(file, line, "has no text in " + field);
    }
    return value.textValue();
  }

  private static JsonNode object(Path file, long line, String text) {
    try {
      JsonNode object = JSON.readTree(text);
      if (object.isObject()) {
        return object;
      }
      throw JudgementException.at(file, line, "is no JSON object");
    } catch (JsonProcessingException broken) {
      throw JudgementException.at(file, line, "is no JSON: " + broken.getOriginalMessage());
    }
  }
}
