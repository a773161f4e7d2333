package relata.api.document;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A document as clients see it.
 *
 * @param key its id within the service
 * @param metadata JSON
 * @param version grows by one with every change of content, from 1 up
 * @param outcome what a PUT did; null in the answer to a GET
 */
@Schema(name = "Document")
record DocumentView(
    @JsonIgnore @Schema(hidden = true) long key,
    String id,
    String title,
    String body,
    @Schema(enumeration = {"markdown", "plain"}) String format,
    @JsonRawValue @Schema(type = SchemaType.OBJECT) String metadata,
    long version,
    Instant createdAt,
    Instant updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) Outcome outcome) {

  /** What a PUT did. */
  enum Outcome {
    @JsonProperty("created")
    CREATED,
    @JsonProperty("updated")
    UPDATED,
    @JsonProperty("unchanged")
    UNCHANGED
  }

  /** The tag that the document had before the PUT; null if it did not exist. */
  Tag replaced() {
    return switch (outcome) {
      case CREATED -> null;
      case UPDATED -> Tag.of(key, version - 1);
      case UNCHANGED -> tag();
    };
  }

  /** Its entity tag, sent as a header. */
  Tag tag() {
    return Tag.of(key, version);
  }

  /** What a PUT found to be the same already, from the columns of its row. */
  static DocumentView unchanged(String id, Row row) {
    return new DocumentView(
        row.getLong("id"),
        id,
        row.getString("title"),
        row.getString("body"),
        row.getString("format"),
        row.getString("metadata"),
        row.getLong("version"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant(),
        Outcome.UNCHANGED);
  }

  /** What a PUT wrote. */
  static DocumentView of(String id, Content content, DocumentUpsert.Written written) {
    return new DocumentView(
        written.id(),
        id,
        content.title(),
        content.body(),
        content.format(),
        content.metadata(),
        written.version(),
        written.createdAt(),
        written.updatedAt(),
        written.version() == 1 ? Outcome.CREATED : Outcome.UPDATED);
  }
}
