package relata.api.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;

/**
 * What became of one line of an import.
 *
 * @param line its position, from 1 up; blank lines count and have no answer
 * @param name the query's name; left out if it could not be read
 * @param outcome {@code created}, {@code updated} or {@code rejected}
 * @param error why it was rejected; else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "QueryAnswer")
record QueryAnswer(
    long line,
    String name,
    @Schema(enumeration = {"created", "updated", "rejected"}) String outcome,
    FieldError error) {
  static QueryAnswer kept(long line, QueryStore.Kept kept) {
    return new QueryAnswer(line, kept.query().name(), kept.isNew() ? "created" : "updated", null);
  }

  static QueryAnswer rejected(long line, String name, FieldError error) {
    return new QueryAnswer(line, name, "rejected", error);
  }
}
