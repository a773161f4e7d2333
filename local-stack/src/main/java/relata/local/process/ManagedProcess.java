package relata.local.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A child process whose output goes to a log file, stopped politely first and then by force. */
public final class ManagedProcess {
  private static final Duration AFTER_KILL = Duration.ofSeconds(10);

  private final String name;
  private final Process process;
  private final Path logFile;

  private ManagedProcess(String name, Process process, Path logFile) {
    this.name = name;
    this.process = process;
    this.logFile = logFile;
  }

  /**
   * Starts a command; its output is appended to the log file.
   *
   * @param environment added to the environment of this process
   * @throws UncheckedIOException if the program cannot be run
   */
  public static ManagedProcess start(
      String name, List<String> command, Map<String, String> environment, Path logFile) {
    try {
      Files.createDirectories(logFile.toAbsolutePath().getParent());
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
      return new ManagedProcess(name, builder.start(), logFile);
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot start " + name + ": " + failed.getMessage(), failed);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Empty while it runs. A process that was killed has 128 + the signal's number. */
  public OptionalInt exitCode() {
    return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
  }

  public Path logFile() {
    return logFile;
  }

  /** The last lines of the log, for an error message. */
  public String logTail(int lines) {
    return tail(logFile, lines);
  }

  /** SIGTERM, and SIGKILL after the grace. Returns once the process is gone. */
  public void stop(Duration grace) {
    process.destroy();
    if (!ended(grace)) {
      kill();
    }
  }

  /** SIGKILL. Returns once the process is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!ended(AFTER_KILL)) {
      throw new IllegalStateException(name + " (pid " + pid() + ") does not end.");
    }
  }

  /** The last lines of a file that may not be there yet. */
  public static String tail(Path file, int lines) {
    try {
      if (!Files.exists(file)) {
        return "";
      }
      List<String> all =
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    } catch (IOException unreadable) {
      return "(" + file + " cannot be read: " + unreadable.getMessage() + ")";
    }
  }

  private boolean ended(Duration atMost) {
    // A shutdown hook may run on an interrupted thread: it still has to wait for its children.
    boolean interrupted = false;
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (true) {
        try {
          return process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
