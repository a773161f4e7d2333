package relata.local.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Here for the help alone: the script builds the images, by podman. */
@Command(
    name = "image",
    header = "Builds the images of the services.",
    description = "Builds them and that of schema with podman; image --help tells more.")
final class ImageCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "PROGRAM",
      description = "Only these, such as embedding-worker.")
  private List<String> programs;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "The images are built by the script: ./relata image "
            + String.join(" ", programs == null ? List.of() : programs));
  }
}
