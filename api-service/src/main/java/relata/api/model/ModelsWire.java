package relata.api.model;

import relata.api.model.Models.Lane;
import relata.api.model.Models.Profile;
import relata.contracts.v1.LaneState;
import relata.contracts.v1.Model;
import relata.contracts.v1.ModelProfile;
import relata.contracts.v1.ModelProfileState;
import relata.contracts.v1.ModelsStatus;

/** Reads the wire format, where empty and 0 stand for what is not known. */
final class ModelsWire {
  private ModelsWire() {}

  static Models read(ModelsStatus status) {
    return new Models(
        status.getModelsList().stream().map(ModelsWire::model).toList(),
        status.getLanesList().stream().map(ModelsWire::lane).toList(),
        status.getProfilesList().stream().map(ModelsWire::profile).toList(),
        orNull(status.getServerError()));
  }

  private static Models.Model model(Model model) {
    return new Models.Model(
        model.getName(),
        orNull(model.getDigest()),
        model.getLoaded(),
        model.getSizeBytes(),
        model.getVramBytes(),
        model.getPinned(),
        orNull(model.getInputsPerSecond()),
        orNull(model.getTokensPerSecond()),
        orNull(model.getBreaker()));
  }

  private static Lane lane(LaneState state) {
    String lane =
        switch (state.getLane()) {
          case LANE_QUERY -> "query";
          case LANE_LIVE -> "live";
          case LANE_BACKFILL -> "backfill";
          case LANE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    return new Lane(lane, state.getWaiting(), state.getRunning());
  }

  private static Profile profile(ModelProfile profile) {
    return new Profile(
        profile.getName(),
        profile.getModelsList(),
        state(profile.getState()),
        orNull(profile.getReason()));
  }

  private static String state(ModelProfileState state) {
    return switch (state) {
      case MODEL_PROFILE_STATE_INACTIVE -> "inactive";
      case MODEL_PROFILE_STATE_ACTIVATING -> "activating";
      case MODEL_PROFILE_STATE_ACTIVE -> "active";
      case MODEL_PROFILE_STATE_FAILED -> "failed";
      case MODEL_PROFILE_STATE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
    };
  }

  private static String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Double orNull(double rate) {
    return rate == 0 ? null : rate;
  }
}
