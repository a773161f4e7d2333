package relata.api.bulk;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.problem.FieldError;

/**
 * What became of one line of an import.
 *
 * @param line its position, from 1 up; blank lines count and have no answer
 * @param id the document's id; left out if it could not be read
 * @param outcome {@code created}, {@code updated}, {@code unchanged} or {@code rejected}
 * @param version the document's version after the line; left out if it was rejected
 * @param error why it was rejected; else left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "BulkAnswer")
record BulkAnswer(
    long line,
    String id,
    @Schema(enumeration = {"created", "updated", "unchanged", "rejected"}) String outcome,
    Long version,
    FieldError error) {
  static BulkAnswer stored(ParsedLine.Valid line, String outcome, long version) {
    return new BulkAnswer(line.number(), line.id(), outcome, version, null);
  }

  static BulkAnswer rejected(ParsedLine.Invalid line) {
    return new BulkAnswer(line.number(), line.id(), "rejected", null, line.error());
  }
}
