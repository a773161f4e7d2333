package relata.worker.profile;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import relata.worker.catalog.Aliases;
import relata.worker.catalog.ListedModel;
import relata.worker.catalog.Listing;
import relata.worker.catalog.PinnedModels;

/** Which models belong to which profile, as the configuration says. */
@Singleton
class ProfileModels {
  private final Map<String, List<String>> written = new TreeMap<>();
  private final Aliases aliases;
  private final PinnedModels pinned;

  ProfileModels(ProfileConfig.Profiles config, Aliases aliases, PinnedModels pinned) {
    config.byName().forEach((name, profile) -> written.put(name, List.copyOf(profile.models())));
    this.aliases = aliases;
    this.pinned = pinned;
  }

  /** The names of all profiles, in order. */
  List<String> names() {
    return List.copyOf(written.keySet());
  }

  boolean has(String profile) {
    return written.containsKey(profile);
  }

  /**
   * The full names of a profile's own models; none of a profile that is not configured any more.
   */
  List<String> of(String profile, Listing.Models installed) {
    return written.getOrDefault(profile, List.of()).stream()
        .map(model -> aliases.resolve(model, installed))
        .distinct()
        .toList();
  }

  /** The profile's models and the pinned ones: what may be in memory while it is activated. */
  List<String> kept(String profile, Listing.Models installed) {
    List<String> kept = new ArrayList<>(of(profile, installed));
    pinned.names().stream().filter(model -> !kept.contains(model)).sorted().forEach(kept::add);
    return kept;
  }

  /** What the server has of those names; one that it lacks stands for itself. */
  static List<ListedModel> listed(List<String> names, Listing.Models installed) {
    return names.stream().map(name -> listed(name, installed)).toList();
  }

  static ListedModel listed(String name, Listing.Models installed) {
    Optional<ListedModel> found = installed.find(name);
    return found.orElseGet(() -> new ListedModel(name, "", 0, 0));
  }
}
