package relata.graph.index;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

final class TuneConfigs {
  private TuneConfigs() {}

  /** The defaults, but for these settings. */
  static TuneConfig with(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .withMapping(TuneConfig.class)
        .withDefaultValues(settings)
        .build()
        .getConfigMapping(TuneConfig.class);
  }
}
