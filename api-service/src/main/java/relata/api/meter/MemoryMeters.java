package relata.api.meter;

import com.sun.management.OperatingSystemMXBean;
import io.github.mweirauch.micrometer.jvm.extras.ProcessMemoryMetrics;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operating system counts, and ends the process for: the heap, of which the framework
 * tells, is a part of it.
 */
@Singleton
final class MemoryMeters {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+([0-9]+) kB");

  private final MemoryConfig config;
  private final MeterRegistry meters;

  MemoryMeters(MemoryConfig config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  void register(@Observes StartupEvent started) {
    new ProcessMemoryMetrics().bindTo(meters);
    Gauge.builder("process.memory.anonymous", MemoryMeters::anonymousBytes)
        .description("What of the resident memory is in no file, and cannot be taken back")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("process.memory.limit", this, MemoryMeters::limitBytes)
        .description("What the process may take")
        .baseUnit("bytes")
        .register(meters);
  }

  /** Pages of mapped files go when memory is short; these stay. Nobody knows it but Linux. */
  private static double anonymousBytes() {
    try {
      Matcher found = ANONYMOUS.matcher(Files.readString(STATUS));
      return found.find() ? Long.parseLong(found.group(1)) * 1024.0 : Double.NaN;
    } catch (IOException unreadable) {
      return Double.NaN;
    }
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
