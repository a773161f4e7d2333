package relata.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A query as one line of an import; unchecked. */
@Schema(name = "QueryLine")
record QueryLine(
    String name,
    String text,
    @Schema(type = SchemaType.ARRAY, implementation = Object.class) JsonNode expected) {}
