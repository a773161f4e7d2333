package relata.worker.profile;

import java.util.Locale;

/** How far a profile is that somebody asked for. */
public enum ProfilePhase {
  /** Other models are being unloaded and its own loaded. */
  ACTIVATING,
  /** Its models are loaded and were verified. */
  ACTIVE,
  /** It could not be loaded. */
  FAILED;

  String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ProfilePhase of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
