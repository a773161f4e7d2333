package relata.worker.models;

import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.contracts.v1.LaneState;
import relata.contracts.v1.Model;
import relata.contracts.v1.ModelProfile;
import relata.contracts.v1.ModelProfileState;
import relata.contracts.v1.ModelsStatus;
import relata.worker.catalog.Installed;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.catalog.ModelCatalog;
import relata.worker.catalog.ModelsConfig;
import relata.worker.catalog.PinnedModels;
import relata.worker.gate.Lane;
import relata.worker.gate.LaneCalls;
import relata.worker.model.Breakers;
import relata.worker.model.ModelAccess;
import relata.worker.model.ModelFailure;
import relata.worker.model.Rates;
import relata.worker.profile.ProfilePhase;
import relata.worker.profile.ProfileState;
import relata.worker.profile.Profiles;

/** Puts together what is known of the models. */
@Singleton
class ModelsReport {
  private final Installed installed;
  private final ModelCatalog catalog;
  private final ModelsConfig config;
  private final PinnedModels pinned;
  private final Breakers breakers;
  private final Rates rates;
  private final ModelAccess access;
  private final Profiles profiles;

  ModelsReport(
      Installed installed,
      ModelCatalog catalog,
      ModelsConfig config,
      PinnedModels pinned,
      Breakers breakers,
      Rates rates,
      ModelAccess access,
      Profiles profiles) {
    this.installed = installed;
    this.catalog = catalog;
    this.config = config;
    this.pinned = pinned;
    this.breakers = breakers;
    this.rates = rates;
    this.access = access;
    this.profiles = profiles;
  }

  /**
   * The models as they are now.
   *
   * @throws relata.worker.database.DatabaseException when the profile cannot be read
   */
  ModelsStatus now() {
    ModelsStatus.Builder status = ModelsStatus.newBuilder();
    switch (installed.now()) {
      case Listing.Unknown(ModelFailure failure) -> status.setServerError(failure.reason());
      case Listing.Models models -> addModels(models, status);
    }
    access.calls().forEach(calls -> status.addLanes(lane(calls)));
    Optional<ProfileState> current = profiles.state();
    profiles.names().forEach(name -> status.addProfiles(profile(name, current)));
    return status.build();
  }

  private void addModels(Listing.Models models, ModelsStatus.Builder status) {
    Listing.Models loaded = Listing.Models.NONE;
    switch (catalog.loaded(config.listLimit())) {
      case Listing.Unknown(ModelFailure failure) -> status.setServerError(failure.reason());
      case Listing.Models known -> loaded = known;
    }
    Map<String, String> open = breakers.reasons();
    for (ListedModel model :
        models.models().stream().sorted(Comparator.comparing(ListedModel::name)).toList()) {
      status.addModels(model(model, loaded, open));
    }
  }

  private Model model(ListedModel model, Listing.Models loaded, Map<String, String> open) {
    Optional<ListedModel> inMemory = loaded.same(model);
    Rates.Rate rate = rates.of(model.name());
    return Model.newBuilder()
        .setName(model.name())
        .setDigest(model.digest())
        .setLoaded(inMemory.isPresent())
        .setSizeBytes(model.sizeBytes())
        .setVramBytes(inMemory.map(ListedModel::vramBytes).orElse(0L))
        .setPinned(pinned.has(model.name()))
        .setInputsPerSecond(rate.inputs())
        .setTokensPerSecond(rate.tokens())
        .setBreaker(open.getOrDefault(model.name(), ""))
        .build();
  }

  private static LaneState lane(LaneCalls calls) {
    return LaneState.newBuilder()
        .setLane(lane(calls.lane()))
        .setWaiting(calls.waiting())
        .setRunning(calls.running())
        .build();
  }

  private static relata.contracts.v1.Lane lane(Lane lane) {
    return switch (lane) {
      case QUERY -> relata.contracts.v1.Lane.LANE_QUERY;
      case LIVE -> relata.contracts.v1.Lane.LANE_LIVE;
      case BACKFILL -> relata.contracts.v1.Lane.LANE_BACKFILL;
    };
  }

  private ModelProfile profile(String name, Optional<ProfileState> current) {
    List<String> models = profiles.models(name);
    ModelProfile.Builder profile = ModelProfile.newBuilder().setName(name).addAllModels(models);
    return current
        .filter(state -> state.profile().equals(name))
        .map(state -> profile.setState(state(state.phase())).setReason(state.reason()))
        .orElseGet(() -> profile.setState(ModelProfileState.MODEL_PROFILE_STATE_INACTIVE))
        .build();
  }

  private static ModelProfileState state(ProfilePhase phase) {
    return switch (phase) {
      case ACTIVATING -> ModelProfileState.MODEL_PROFILE_STATE_ACTIVATING;
      case ACTIVE -> ModelProfileState.MODEL_PROFILE_STATE_ACTIVE;
      case FAILED -> ModelProfileState.MODEL_PROFILE_STATE_FAILED;
    };
  }
}
