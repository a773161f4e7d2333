package relata.local.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Here for the help alone: the script runs the tests, by the build tool. */
@Command(
    name = "test",
    header = "Runs all tests of all modules.",
    description = "Runs ./mvnw verify with the arguments given.")
final class TestCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "ARG",
      description = "Arguments for Maven, as -pl api-service.")
  private List<String> arguments;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "The tests are run by the script: ./relata test "
            + String.join(" ", arguments == null ? List.of() : arguments));
  }
}
