package relata.api.collection;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A collection as clients see it.
 *
 * @param generation id of the generation that is served
 * @param recipe its recipe, complete with defaults, as JSON
 */
@Schema(name = "Collection")
record CollectionView(
    String name,
    long generation,
    @JsonRawValue @Schema(type = SchemaType.OBJECT) String recipe,
    Instant createdAt) {}
