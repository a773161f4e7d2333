package relata.local.cli;

import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import relata.local.client.KeysClient;

/** A key in place of another. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    header = "Makes a key like another one, which ends after a while.")
final class KeysRotateCommand extends KeyAction {
  private static final int MOST_HOURS = 720;

  @Parameters(paramLabel = "ID", description = "What stands behind rk_ in the old key.")
  private String id;

  @Option(
      names = "--overlap-hours",
      paramLabel = "N",
      defaultValue = "24",
      description = "How long both work. Default: ${DEFAULT-VALUE}.")
  private int hours;

  @Override
  void check() {
    if (hours < 0 || hours > MOST_HOURS) {
      throw wrong("--overlap-hours must be 0 to " + MOST_HOURS + ", not " + hours + ".");
    }
  }

  @Override
  void act(KeysClient keys, PrintWriter out, boolean isJson) {
    show(out, keys.rotate(id, Duration.ofHours(hours)), isJson);
  }
}
