package relata.worker;

import java.util.Arrays;
import java.util.List;
import relata.worker.backfill.BackfillOptions;
import relata.worker.backfill.BackfillOptions.Parsed;

/** What the process was started for. */
sealed interface Mode {
  /** Works until it is stopped. */
  record Serve() implements Mode {}

  /** Makes features of what is stale, and ends. */
  record Backfill(BackfillOptions options) implements Mode {}

  record Help() implements Mode {}

  /** The arguments make no sense. */
  record Misuse(String message) implements Mode {}

  static Mode of(String... arguments) {
    List<String> all = Arrays.asList(arguments);
    if (all.isEmpty()) {
      return new Serve();
    }
    if (all.contains("--help")) {
      return new Help();
    }
    if (!all.getFirst().equals("--backfill")) {
      return new Misuse("There is no option " + all.getFirst() + ".");
    }
    return switch (BackfillOptions.parse(arguments, 1)) {
      case Parsed.Options(BackfillOptions options) -> new Backfill(options);
      case Parsed.Wrong(String message) -> new Misuse(message);
    };
  }
}
