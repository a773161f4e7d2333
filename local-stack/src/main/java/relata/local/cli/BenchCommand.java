package relata.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measurements of Relata on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    header = "Measures Relata on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchPipelineCommand.class, BenchGraphCommand.class})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to measure: pipeline, graph.");
  }
}
