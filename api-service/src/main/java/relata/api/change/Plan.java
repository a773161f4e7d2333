package relata.api.change;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a change of the recipe would do. What is to be made is counted until the new generation is
 * whole; the figures are upper bounds, for what turns out to be the same is reused, but estimates
 * where a warning says so.
 *
 * @param change {@code none}, {@code rebuild} (a generation is made that reuses all there is),
 *     {@code edges}, {@code descriptions} or {@code everything}
 * @param documents of the collection
 * @param documentsToDescribe descriptions that the model would write
 * @param chunksToEmbed texts that the model would embed; an estimate where the split changes
 * @param estimatedSeconds at the rates that were measured; null if none were
 * @param warnings what else is to be known, a sentence each
 * @param recipe complete, as the generation would have it
 */
@Schema(name = "RecipePlan")
record Plan(
    @Schema(enumeration = {"none", "rebuild", "index", "edges", "descriptions", "everything"})
        String change,
    long documents,
    long documentsToDescribe,
    long chunksToEmbed,
    Long estimatedSeconds,
    List<String> warnings,
    @JsonRawValue @Schema(ref = "Recipe") String recipe) {
  Plan {
    warnings = List.copyOf(warnings);
  }
}
