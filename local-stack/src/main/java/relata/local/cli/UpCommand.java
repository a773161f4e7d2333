package relata.local.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import relata.local.stack.RelataStack;

/** The stack alone. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    header = "Starts everything on this machine and stays up.")
final class UpCommand implements Callable<Integer> {
  private final Map<String, String> environment;

  @Spec private CommandSpec spec;
  @Mixin private StackCommandOptions stackOptions;

  UpCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Messages messages = new Messages(out);
    try (RelataStack stack =
        RelataStack.start(stackOptions.options("up", environment), messages::say)) {
      messages.say("The API answers at " + stack.url() + " (OpenAPI: /q/openapi).");
      messages.say("Data and logs: " + stack.dataDirectory() + ". Ctrl-C ends it.");
      var _ = stack.quickenStarts();
      StackWatch.stay(stack, out);
    }
    return 0;
  }
}
