package relata.local.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What became of one line of a bulk import.
 *
 * @param line from 1 up, in the request
 * @param outcome {@code created}, {@code updated}, {@code unchanged} or {@code rejected}
 * @param detail why it was rejected; empty else
 */
public record BulkAnswer(int line, String outcome, String detail) {
  static BulkAnswer of(JsonNode answer) {
    JsonNode error = answer.path("error");
    String field = error.path("field").asText("");
    String detail = error.path("detail").asText("");
    return new BulkAnswer(
        answer.path("line").asInt(),
        answer.path("outcome").asText(),
        field.isEmpty() || detail.startsWith(field) ? detail : field + ": " + detail);
  }
}
