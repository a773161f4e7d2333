package relata.local.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.stack.ProjectLayout;
import relata.local.stack.StackOptions;

/** Options of the commands that start a stack. */
final class StackCommandOptions {
  private static final int HIGHEST_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the data and the logs are kept, and found again. Default: .relata/demo or "
              + ".relata/up in the project.")
  private Path data;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The API's port. Default: 8080, or a free one if that is taken.")
  private Integer port;

  StackOptions options(String defaultFolder, Map<String, String> environment) {
    if (port != null && (port < 1 || port > HIGHEST_PORT)) {
      throw new ParameterException(
          command.commandLine(), "--port must be 1 to " + HIGHEST_PORT + ", not " + port + ".");
    }
    Path folder = data == null ? ProjectLayout.find().dataFolder(defaultFolder) : data;
    return StackOptions.fromEnvironment(folder, environment)
        .withAnnouncement()
        .withApiPort(port == null ? OptionalInt.empty() : OptionalInt.of(port));
  }
}
