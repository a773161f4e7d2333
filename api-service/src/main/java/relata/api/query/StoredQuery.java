package relata.api.query;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A query by which generations of a collection are compared.
 *
 * @param expected the documents that a good answer has, as a list of id and grade
 */
@Schema(name = "StoredQuery")
record StoredQuery(
    String name,
    String text,
    @JsonRawValue @Schema(type = SchemaType.ARRAY, implementation = ExpectedDocument.class)
        String expected,
    Instant updatedAt) {}
