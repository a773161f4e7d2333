package relata.api.bulk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A document as one line of an import; unchecked. */
@Schema(
    name = "BulkLine",
    examples =
        """
        {"id":"heat.md","title":"Heat pumps","body":"They move heat."}""")
record BulkLine(
    String id,
    String title,
    String body,
    @Schema(
            enumeration = {"markdown", "plain"},
            defaultValue = "markdown")
        String format,
    @Schema(type = SchemaType.OBJECT, implementation = Object.class) ObjectNode metadata) {}
