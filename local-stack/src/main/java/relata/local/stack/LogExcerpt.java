package relata.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import relata.local.process.ManagedProcess;

/** The lines of a program's log that say why it does not start, without the places in the code. */
final class LogExcerpt {
  private static final int LOG_LINES = 1000;
  private static final int MOST_LINES = 10;
  private static final Pattern PLACE =
      Pattern.compile("\\s+(at \\S.*|\\.\\.\\. \\d+ (more|common.*))");
  private static final Pattern ERROR =
      Pattern.compile("(\\S+ ){1,3}(ERROR|FATAL) .*|\\s*(Caused by: |Exception in thread ).*");

  /** An entry of a service begins with a date, one of the model server with a key. */
  private static final Pattern ENTRY = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d|[a-zA-Z]+=).*");

  private LogExcerpt() {}

  /** What is an error and what caused it, and the last line; without an error, the last lines. */
  static String of(Path log) {
    List<String> lines =
        ManagedProcess.tail(log, LOG_LINES)
            .lines()
            .filter(line -> !line.isBlank() && !PLACE.matcher(line).matches())
            .toList();
    Set<String> causes = new LinkedHashSet<>();
    boolean inError = false;
    for (String line : lines) {
      boolean begins = ERROR.matcher(line).matches();
      inError = begins || (inError && !ENTRY.matcher(line).matches());
      if (inError) {
        causes.add(line);
      }
    }
    if (causes.isEmpty()) {
      return joined(lines);
    }
    // A JVM that gives up says so last, and not as an error of the log.
    causes.add(lines.getLast());
    return joined(new ArrayList<>(causes));
  }

  private static String joined(List<String> lines) {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
  }
}
