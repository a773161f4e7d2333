package relata.system.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, for what it prints. */
final class Command {
  private static final long LIMIT_SECONDS = 120;

  private Command() {}

  /**
   * Runs it in a folder, and gives the lines that it printed.
   *
   * @throws IOException with what it printed, if it failed or did not end
   */
  static List<String> run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "command", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0) {
        throw new IOException(command + ":\n" + Files.readString(output));
      }
      return Files.readAllLines(output);
    } finally {
      process.destroyForcibly();
    }
  }
}
