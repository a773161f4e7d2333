package relata.api.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a client sends as a document; unchecked.
 *
 * @param body the text; empty if left out, as for a task that is a title only
 * @param format {@code markdown} (the default) or {@code plain}
 */
@Schema(
    name = "DocumentBody",
    examples =
        """
        {"title":"Heat pumps","body":"They move heat.","metadata":{"year":2026}}""")
record DocumentBody(
    @Schema(required = true, minLength = 1, maxLength = Content.MAX_TITLE_LENGTH) String title,
    String body,
    @Schema(
            enumeration = {"markdown", "plain"},
            defaultValue = "markdown")
        String format,
    @Schema(type = SchemaType.OBJECT, implementation = Object.class) ObjectNode metadata) {}
