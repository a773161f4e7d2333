package relata.local.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import relata.local.process.ManagedProcess;

/** What the worker complains of in its log: it knows why documents wait or fail. */
record WorkerWarnings(Path log) {
  private static final int LOG_LINES = 1000;

  /** The last ones, in their order. */
  List<String> last(int most) {
    List<String> warnings = all();
    return warnings.subList(Math.max(0, warnings.size() - most), warnings.size());
  }

  /** The last one about the model server. */
  Optional<String> aboutModelServer() {
    return all().reversed().stream().filter(line -> line.contains("model server")).findFirst();
  }

  private List<String> all() {
    return ManagedProcess.tail(log, LOG_LINES).lines().filter(WorkerWarnings::isOne).toList();
  }

  static boolean isOne(String line) {
    return line.contains(" WARN ") || line.contains(" ERROR ");
  }
}
