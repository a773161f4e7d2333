package relata.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is wrong with one field.
 *
 * @param field path of the field, as {@code split.chunkSize}; null if the input as a whole is wrong
 * @param detail what is wrong and what to do, one sentence for the user
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "FieldError")
public record FieldError(
    @Schema(description = "Its path, as split.chunkSize; absent if the input as a whole is wrong")
        String field,
    @Schema(required = true, description = "What is wrong and what to do") String detail) {}
