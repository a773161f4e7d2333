package relata.graph.testing;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import relata.graph.snapshot.SnapshotConfig;

/** How snapshots are kept, as a deployment would say it. */
public final class SnapshotSettings {
  private SnapshotSettings() {}

  /** There are none. */
  public static SnapshotConfig none() {
    return of(Map.of());
  }

  public static SnapshotConfig in(Path folder) {
    return of(in(folder, Map.of()));
  }

  /** The folder beside other settings. */
  public static Map<String, String> in(Path folder, Map<String, String> others) {
    Map<String, String> settings = new HashMap<>(others);
    settings.put("relata.snapshot.folder", folder.toString());
    return settings;
  }

  public static SnapshotConfig of(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(SnapshotConfig.class)
        .addDiscoveredConverters()
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(SnapshotConfig.class);
  }
}
