package relata.api.meter;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Counts requests by how long they took, so that percentiles over all replicas can be computed.
 * Each limit is one more series a path, method and status.
 */
final class RequestHistogram {
  private static final String REQUESTS = "http.server.requests";
  private static final double[] LIMIT_NANOS =
      Stream.of(5, 10, 15, 25, 50, 100, 250, 500, 1000, 2500, 5000)
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  private RequestHistogram() {}

  @Produces
  @Singleton
  static MeterFilter limits() {
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUESTS)
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(LIMIT_NANOS)
                .build()
                .merge(config)
            : config;
      }
    };
  }
}
