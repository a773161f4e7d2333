package relata.api.generation;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import relata.api.generation.GenerationState.Building;
import relata.api.generation.GenerationState.Failed;
import relata.api.status.GenerationStatus;

/**
 * A generation as clients see it.
 *
 * @param generation its id
 * @param state {@code building}, {@code active}, {@code retired}, {@code cancelled}, {@code failed}
 * @param paused whether nobody works on it until it is resumed
 * @param returning whether it was active before, and is switched to as soon as it caught up
 * @param recipe complete
 * @param written what the user asked for
 * @param counts how far it is, with its rate and the time left; null where nothing is counted
 * @param whole whether it could be served without a hole; null unless it is building
 * @param whyNotWhole what it lacks, a sentence each; of one that returns also which documents that
 *     are served now are dead in it, for which it waits although it is whole
 * @param report how it compared with the active one; null if that was not looked at
 * @param failure why it could not be made, and what to do; null unless it is failed
 * @param retiredAt when it was switched away from; null unless it is retired
 * @param eraseAfter when its features may be erased; null while it is kept
 */
@Schema(name = "Generation")
public record GenerationView(
    long generation,
    @Schema(enumeration = {"building", "active", "retired", "cancelled", "failed"}) String state,
    boolean paused,
    boolean returning,
    @JsonRawValue @Schema(ref = "Recipe") String recipe,
    @JsonRawValue @Schema(ref = "WrittenRecipe") String written,
    @JsonRawValue @Schema(ref = "Aliases") String aliases,
    GenerationStatus counts,
    Boolean whole,
    List<String> whyNotWhole,
    @JsonRawValue @Schema(implementation = GateReport.class) String report,
    String failure,
    Instant createdAt,
    Instant activatedAt,
    Instant retiredAt,
    Instant eraseAfter) {
  public GenerationView {
    whyNotWhole = List.copyOf(whyNotWhole);
  }

  /** Puts together what is known; what is not asked for is null. */
  static GenerationView of(Generation generation, GenerationStatus counts, Wholeness wholeness) {
    Building building = generation.state() instanceof Building state ? state : null;
    return new GenerationView(
        generation.id(),
        generation.state().text(),
        building != null && building.isPaused(),
        building != null && building.isReturning(),
        generation.recipeJson(),
        generation.written(),
        generation.aliases(),
        counts,
        wholeness == null ? null : wholeness.isWhole(),
        whyNot(building, wholeness),
        generation.report(),
        generation.state() instanceof Failed failed ? failed.reason() : null,
        generation.createdAt(),
        generation.activatedAt(),
        building == null ? generation.retiredAt() : null,
        generation.eraseAfter());
  }

  /** One that returns has no gate whose report would say what is lost by it. */
  private static List<String> whyNot(Building building, Wholeness wholeness) {
    if (wholeness == null) {
      return List.of();
    }
    return building != null && building.isReturning() ? wholeness.losses() : wholeness.reasons();
  }
}
