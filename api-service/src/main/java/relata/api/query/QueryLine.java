package relata.api.query;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A query as one line of an import; unchecked. */
@Schema(
    name = "QueryLine",
    examples =
        """
        {"name":"heat","text":"what moves heat","expected":["heat.md"]}""")
record QueryLine(
    @Schema(required = true) String name,
    @Schema(required = true, minLength = 1, maxLength = QueryBody.MAX_TEXT_LENGTH) String text,
    @Schema(ref = "ExpectedDocuments") JsonNode expected) {}
