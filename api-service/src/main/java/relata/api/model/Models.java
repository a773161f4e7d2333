package relata.api.model;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What one worker knows about the model server.
 *
 * @param models those that the server has, by name
 * @param lanes the calls of the worker that answered, most urgent lane first
 * @param profiles those of the configuration, by name
 * @param serverError why the server could not be asked, so that no models are listed; null if it
 *     answered
 */
public record Models(
    List<Model> models, List<Lane> lanes, List<Profile> profiles, String serverError) {
  public Models {
    models = List.copyOf(models);
    lanes = List.copyOf(lanes);
    profiles = List.copyOf(profiles);
  }

  /**
   * A model at the model server.
   *
   * @param digest the server's digest of it; null when the server names none
   * @param loaded whether it is in memory
   * @param sizeBytes its size on disk
   * @param vramBytes what it takes of the GPU's memory; 0 when not loaded or on the CPU
   * @param pinned whether it stays loaded whatever profile is activated
   * @param inputsPerSecond texts embedded or descriptions written in a second of its time; null
   *     before the first call
   * @param tokensPerSecond estimated tokens of input in a second of its time; null before the first
   * @param breaker why the worker leaves it alone for now; null when it does not
   */
  @Schema(name = "Model")
  public record Model(
      String name,
      String digest,
      boolean loaded,
      long sizeBytes,
      long vramBytes,
      boolean pinned,
      Double inputsPerSecond,
      Double tokensPerSecond,
      String breaker) {}

  /**
   * The calls of one lane.
   *
   * @param lane {@code query}, {@code live} or {@code backfill}
   * @param waiting calls that wait for a permit
   * @param running calls on their way
   */
  @Schema(name = "ModelLane")
  public record Lane(
      @Schema(enumeration = {"query", "live", "backfill"}) String lane, int waiting, int running) {}

  /**
   * Models that are loaded together.
   *
   * @param state {@code inactive}, {@code activating}, {@code active}, {@code failed}, or {@code
   *     unknown} from a newer worker
   * @param reason why it failed; null if it did not
   */
  @Schema(name = "ModelProfile")
  public record Profile(
      String name,
      List<String> models,
      @Schema(enumeration = {"inactive", "activating", "active", "failed", "unknown"}) String state,
      String reason) {
    public Profile {
      models = List.copyOf(models);
    }
  }
}
