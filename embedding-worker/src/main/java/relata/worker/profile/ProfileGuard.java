package relata.worker.profile;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import relata.worker.catalog.Installed;
import relata.worker.catalog.Listing;
import relata.worker.catalog.PinnedModels;
import relata.worker.model.ModelFailure;
import relata.worker.model.ModelGuard;

/**
 * Refuses calls to models that are not to be in memory now. While a profile is activated, that is
 * every model that it does not have and that is not pinned: the server would load it, and throw out
 * another or run out of memory.
 */
@Singleton
public final class ProfileGuard implements ModelGuard {
  /** What is enforced now. */
  private record Current(ProfileState state, Listing.Models kept, Listing.Models installed) {
    boolean keeps(String model) {
      return kept.has(ProfileModels.listed(model, installed));
    }
  }

  private final ProfileModels models;
  private final Installed installed;
  private final PinnedModels pinned;
  private final ProfileConfig.Limits limits;
  private final AtomicReference<Current> current = new AtomicReference<>();

  ProfileGuard(
      ProfileModels models, Installed installed, PinnedModels pinned, ProfileConfig.Limits limits) {
    this.models = models;
    this.installed = installed;
    this.pinned = pinned;
    this.limits = limits;
  }

  @Override
  public Optional<ModelFailure.Busy> refusal(String model) {
    Current known = current.get();
    return known == null || known.keeps(model)
        ? Optional.empty()
        : Optional.of(
            new ModelFailure.Busy(
                "profile", words(known.state(), model), Optional.of(limits.refusedWait())));
  }

  /** Whether the model stays in memory between its calls. */
  public boolean keeps(String model) {
    Current known = current.get();
    return pinned.has(model) || (known != null && known.keeps(model));
  }

  /** From now on this is enforced; nothing is when no profile was activated. */
  void obey(Optional<ProfileState> state) {
    current.set(state.map(this::enforced).orElse(null));
  }

  /** While a profile is not whole only pinned models are sure to be in nobody's way. */
  private Current enforced(ProfileState state) {
    Listing.Models server =
        installed.recent() instanceof Listing.Models models ? models : installed.lastKnown();
    List<String> kept =
        state.phase() == ProfilePhase.ACTIVE
            ? models.kept(state.profile(), server)
            : List.copyOf(pinned.names());
    return new Current(state, new Listing.Models(ProfileModels.listed(kept, server)), server);
  }

  private static String words(ProfileState state, String model) {
    String profile = state.profile();
    return switch (state.phase()) {
      case ACTIVATING -> "Model %s waits until profile %s is activated.".formatted(model, profile);
      case ACTIVE ->
          "Model %s is not in the active profile %s: activate a profile that has it."
              .formatted(model, profile);
      case FAILED ->
          """
          Model %s waits, since profile %s could not be activated: activate it again, or \
          deactivate it."""
              .formatted(model, profile);
    };
  }
}
