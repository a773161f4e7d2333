package relata.local.stack;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A worker that does one thing beside a running stack and ends, as a Job does in a cluster. */
public final class WorkerJob {
  private WorkerJob() {}

  /**
   * Runs it to its end; it ends with this JVM, too.
   *
   * @param databasePassword of the workers' role
   * @param lines gets each line that it prints
   * @return its exit code
   */
  public static int run(
      RunningStack stack, String databasePassword, List<String> arguments, Consumer<String> lines) {
    List<String> command =
        new ArrayList<>(
            ProjectLayout.find()
                .command(Part.WORKER, Part.WORKER.heapMebibytes(), 0, new ModelProgram.Real()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(stack.servers());
    builder.environment().put("RELATA_DATABASE_PASSWORD", databasePassword);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    try {
      Process process = builder.start();
      Thread end = Thread.ofPlatform().unstarted(process::destroy);
      Runtime.getRuntime().addShutdownHook(end);
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        output.lines().forEach(lines);
      }
      int code = process.waitFor();
      Runtime.getRuntime().removeShutdownHook(end);
      return code;
    } catch (IOException failed) {
      throw new UncheckedIOException("The worker cannot be run: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.");
    }
  }
}
