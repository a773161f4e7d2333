package relata.api.status;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far a collection's features are, exact as of one moment.
 *
 * @param active the counts of the generation that is served
 * @param building the same of the generation that is being built; null if none is
 */
@Schema(name = "Status")
public record CollectionStatus(
    String collection, @JsonUnwrapped GenerationStatus active, GenerationStatus building) {}
