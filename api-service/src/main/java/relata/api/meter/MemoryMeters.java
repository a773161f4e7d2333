package relata.api.meter;

import com.sun.management.OperatingSystemMXBean;
import io.github.mweirauch.micrometer.jvm.extras.ProcessMemoryMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;

/**
 * What the operating system counts, and ends the process for: the heap, of which the framework
 * tells, is a part of it.
 */
@Singleton
final class MemoryMeters {
  private final MemoryConfig config;
  private final MeterRegistry meters;

  MemoryMeters(MemoryConfig config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  void register(@Observes StartupEvent started) {
    new ProcessMemoryMetrics().bindTo(meters);
    Gauge.builder("process.memory.limit", this, MemoryMeters::limitBytes)
        .description("What the process may take")
        .baseUnit("bytes")
        .register(meters);
  }

  private double limitBytes() {
    return config
        .limit()
        .map(limit -> limit.asLongValue())
        .orElseGet(
            () ->
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getTotalMemorySize());
  }
}
