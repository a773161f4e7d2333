package relata.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The words of a problem+json answer (RFC 9457). */
final class Problems {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CHARACTERS = 300;

  private Problems() {}

  static String words(int status, String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      String detail = problem.path("detail").asText("");
      if (!detail.isEmpty()) {
        return detail;
      }
      String title = problem.path("title").asText("");
      if (!title.isEmpty()) {
        return title;
      }
    } catch (JsonProcessingException notJson) {
      // Something before the API answered: its own words are the best there are.
    }
    String text = body.strip();
    return "HTTP "
        + status
        + (text.isEmpty()
            ? ""
            : ": " + text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
  }
}
