package relata.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import relata.local.client.KeysClient;

/** A new key. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    header = "Makes a key, and shows it this once.")
final class KeysCreateCommand extends KeyAction {
  private static final List<String> SCOPES = List.of("read", "write", "admin");
  private static final int MOST_DAYS = 366;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "For people, such as the program that gets it.")
  private String name;

  @Option(
      names = "--scope",
      required = true,
      paramLabel = "SCOPE",
      description = "What it may do: read, write or admin (make keys). Repeat it for several.")
  private List<String> scopes;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How long it works. Default: what the API gives, 90 unless it is set.")
  private Integer days;

  @Override
  void check() {
    if (!SCOPES.containsAll(scopes)) {
      throw wrong("--scope must be read, write or admin.");
    }
    if (days != null && (days < 1 || days > MOST_DAYS)) {
      throw wrong("--days must be 1 to " + MOST_DAYS + ", not " + days + ".");
    }
  }

  @Override
  void act(KeysClient keys, PrintWriter out, boolean isJson) {
    show(out, keys.create(name, scopes, Optional.ofNullable(days).map(Duration::ofDays)), isJson);
  }
}
