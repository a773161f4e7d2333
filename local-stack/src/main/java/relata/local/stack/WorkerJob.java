package relata.local.stack;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A worker that does one thing beside a running stack and ends, as a Job does in a cluster. */
public final class WorkerJob {
  /** Longer than the worker takes to stop. */
  private static final Duration GRACE = Duration.ofSeconds(40);

  private WorkerJob() {}

  /**
   * Runs it to its end; it ends with this JVM, too.
   *
   * @param passwords variables with what {@link RunningStack#servers} does not hold
   * @param lines gets each line that it prints
   * @return its exit code
   */
  public static int run(
      RunningStack stack,
      Map<String, String> passwords,
      List<String> arguments,
      Consumer<String> lines) {
    List<String> command = new ArrayList<>(ProjectLayout.find().service(Part.WORKER));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(stack.servers());
    builder.environment().putAll(passwords);
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException failed) {
      throw new UncheckedIOException("The worker cannot be run: " + failed.getMessage(), failed);
    }
    // It gives back what it has in hand before it ends, and this JVM waits for that.
    Thread onShutdown = Thread.ofPlatform().name("worker-end").unstarted(() -> end(process));
    Runtime.getRuntime().addShutdownHook(onShutdown);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines);
      return process.waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException("The worker cannot be heard: " + failed.getMessage(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted.");
    } finally {
      end(process);
      try {
        Runtime.getRuntime().removeShutdownHook(onShutdown);
      } catch (IllegalStateException shuttingDown) {
        // Then the hook runs, and finds nothing left to do.
      }
    }
  }

  private static void end(Process process) {
    process.destroy();
    // Also on a thread that is interrupted.
    process.onExit().completeOnTimeout(process, GRACE.toSeconds(), TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      process.destroyForcibly();
    }
  }
}
