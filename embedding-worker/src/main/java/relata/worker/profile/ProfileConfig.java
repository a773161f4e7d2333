package relata.worker.profile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Profiles of models, and how patiently one is loaded. */
final class ProfileConfig {
  private ProfileConfig() {}

  /** The profiles by name. */
  @ConfigMapping(prefix = "relata.profiles")
  interface Profiles {
    @WithParentName
    Map<String, Profile> byName();
  }

  /** One profile. */
  interface Profile {
    /**
     * Models, or aliases, that are in memory together. Pinned ones need not be named. What the
     * graphics card can hold at once is for whoever writes this to know.
     */
    List<String> models();
  }

  /** Limits. */
  @ConfigMapping(prefix = "relata.profile")
  interface Limits {
    /**
     * How often a worker looks which profile is activated, and how long a model must have been
     * absent before it is believed to be gone: another worker may have called it without knowing.
     */
    @WithDefault("1s")
    Duration refresh();

    /** How long the server may take to say what is loaded, or to hear that a model is to go. */
    @WithDefault("5s")
    Duration callLimit();

    /** How long models may take to leave memory. A call on its way is finished first. */
    @WithDefault("120s")
    Duration unloadLimit();

    /** How long one model may take to be read into memory, from a slow disk, too. */
    @WithDefault("180s")
    Duration loadLimit();

    /** How long a model that is in memory may take for the call that verifies it. */
    @WithDefault("30s")
    Duration verifyLimit();

    /** How long documents wait that want a model which the activated profile does not have. */
    @WithDefault("5s")
    Duration refusedWait();

    /**
     * After such a silence of the worker that activates a profile another goes on: it ended. A sign
     * of life is given every quarter of it. Shorter goes on sooner, and while the database is away
     * for that long two may load the same models.
     */
    @WithDefault("20s")
    Duration lease();
  }
}
