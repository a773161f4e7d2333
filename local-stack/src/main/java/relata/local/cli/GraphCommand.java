package relata.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the edges of a collection say as a whole. */
@Command(
    name = "graph",
    mixinStandardHelpOptions = true,
    header = "Shows the graph of a collection, and exports it.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      GraphOverviewCommand.class,
      GraphPathCommand.class,
      GraphCommunitiesCommand.class,
      GraphDuplicatesCommand.class,
      GraphExportCommand.class
    })
final class GraphCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Name what to show: overview, path, communities, duplicates, export.");
  }
}
