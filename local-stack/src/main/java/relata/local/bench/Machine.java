package relata.local.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the figures were measured on. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Machine() {}

  /** Lines about the processors, the memory, the system and the JDK. */
  public static List<String> describe() {
    return List.of(
        "machine: %d cores, %s, %s"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                first(CPU_INFO, "model name").orElse("CPU unknown"),
                memory()),
        "system: %s %s, JDK %s (%s)"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version(),
                System.getProperty("java.vendor")));
  }

  private static String memory() {
    return first(MEMORY, "MemTotal")
        .map(value -> value.replaceAll("\\D", ""))
        .map(kibibytes -> Long.parseLong(kibibytes) / (1 << 20) + " GiB")
        .orElse("memory unknown");
  }

  /** The value of a {@code key : value} line. */
  private static Optional<String> first(Path file, String key) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
