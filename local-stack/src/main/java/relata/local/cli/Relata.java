package relata.local.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import relata.local.client.ApiException;
import relata.local.stack.StackException;

/**
 * The command line. Exit codes: 0 done; 1 it could not be done, or not all of it; 2 the command
 * line itself is wrong.
 */
@Command(
    name = "relata",
    mixinStandardHelpOptions = true,
    version = "relata 1.0.0",
    description = "Embeddings, a similarity graph and search that follow changing content.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:it could not be done, or not all of it",
      "2:the command line is wrong"
    },
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ImportCommand.class,
      StatusCommand.class,
      SearchCommand.class,
      NeighborsCommand.class,
      GraphCommand.class,
      BackfillCommand.class,
      KeysCommand.class,
      BenchCommand.class,
      EvalCommand.class,
      ImageCommand.class,
      TestCommand.class
    })
public final class Relata implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine(System.getenv()).execute(arguments));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Relata(), new Commands(environment))
        .setUsageHelpWidth(100)
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              CommandLine command = wrong.getCommandLine();
              command.getErr().println(wrong.getMessage());
              command
                  .getErr()
                  .println("Help: " + command.getCommandSpec().qualifiedName() + " --help");
              command.getErr().flush();
              return 2;
            })
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              say(commandLine, failure);
              return 1;
            });
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }

  private static void say(CommandLine commandLine, Exception failure) {
    switch (failure) {
      case StackException expected -> commandLine.getErr().println(expected.getMessage());
      case ApiException expected -> commandLine.getErr().println(expected.getMessage());
      case IllegalArgumentException wrongSetting ->
          commandLine.getErr().println(wrongSetting.getMessage());
      case IllegalStateException outage when outage.getMessage() != null ->
          commandLine.getErr().println(outage.getMessage());
      // A bug: whoever reports it needs the place.
      default -> failure.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
  }
}
