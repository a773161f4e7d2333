package relata.local.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** One document as a line of a bulk import. */
public final class DocumentJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DocumentJson() {}

  /** A JSON object with these fields; without metadata if there is none. */
  public static String of(
      String id, String title, String body, String format, Map<String, String> metadata) {
    ObjectNode document =
        JSON.createObjectNode()
            .put("id", id)
            .put("title", title)
            .put("body", body)
            .put("format", format);
    if (!metadata.isEmpty()) {
      ObjectNode values = document.putObject("metadata");
      metadata.forEach(values::put);
    }
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
