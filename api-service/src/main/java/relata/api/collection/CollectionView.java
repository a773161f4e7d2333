package relata.api.collection;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A collection as clients see it.
 *
 * @param generation id of the generation that is served
 * @param recipe its recipe, complete with defaults, as JSON
 * @param written what the user asked for: a partial recipe, or {@code "default"}
 * @param building the generation that is to take its place; null if there is none
 */
@Schema(name = "Collection")
record CollectionView(
    String name,
    long generation,
    @JsonRawValue @Schema(ref = "Recipe") String recipe,
    @JsonRawValue @Schema(ref = "WrittenRecipe") String written,
    Building building,
    Instant createdAt) {

  /**
   * A generation that is being built.
   *
   * @param paused whether nobody works on it until it is resumed
   */
  @Schema(name = "BuildingGeneration")
  record Building(
      long generation,
      boolean paused,
      @JsonRawValue @Schema(ref = "Recipe") String recipe,
      @JsonRawValue @Schema(ref = "WrittenRecipe") String written) {}
}
