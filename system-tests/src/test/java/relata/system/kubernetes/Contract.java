package relata.system.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import relata.system.Project;
import relata.system.kubernetes.Container.Reference;

/** What {@code k8s/README.md} promises and asks for, as its tables say. */
final class Contract {
  /** A Secret or ConfigMap, and a key. */
  private static final Pattern KEY =
      Pattern.compile("^\\| `([a-z-]+)` \\| `([a-z0-9.-]+)` \\| [a-z]", Pattern.MULTILINE);

  /** From, to, ports, overlay. */
  private static final Pattern FLOW =
      Pattern.compile(
          "^\\| (.*`.*) \\| (.*`.*) \\| ([0-9, ]+) \\| (both|local|production|tracing) \\|$",
          Pattern.MULTILINE);

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

  private Contract() {}

  /** What somebody else has to put into the namespace. */
  static Set<Reference> keys() {
    return rows(KEY)
        .map(row -> new Reference(row.group(1), row.group(2)))
        .collect(Collectors.toSet());
  }

  /** Who may call whom in an overlay, or in one with components/tracing. */
  static Set<Flow> flows(String overlay) {
    return rows(FLOW)
        .filter(row -> row.group(4).equals("both") || row.group(4).equals(overlay))
        .flatMap(Contract::flows)
        .collect(Collectors.toSet());
  }

  private static Stream<Flow> flows(MatchResult row) {
    return quoted(row.group(1)).stream()
        .flatMap(
            from ->
                quoted(row.group(2)).stream()
                    .flatMap(
                        to ->
                            Arrays.stream(COMMA.split(row.group(3), -1))
                                .map(port -> new Flow(from, to, Integer.parseInt(port.strip())))));
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(name -> name.group(1)).toList();
  }

  private static Stream<MatchResult> rows(Pattern pattern) {
    try {
      String readme = Files.readString(Project.root().resolve("k8s/README.md"));
      return pattern.matcher(readme).results();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
