package relata.local.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import relata.local.process.ManagedProcess;

/**
 * One program of the stack. It keeps its port and its configuration over a restart. Methods that
 * stop it return once the process is gone.
 */
public final class StackPart {
  private static final Duration STOP_GRACE = Duration.ofSeconds(15);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(50);
  private static final Duration PROBE_LIMIT = Duration.ofSeconds(2);

  private final Part part;
  private final String name;
  private final int port;
  private final Supplier<List<String>> command;
  private final Map<String, String> environment;
  private final Path logFile;
  private final Duration readyLimit;
  private final StackFile stackFile;
  private final Teardown teardown;
  private ManagedProcess process;

  StackPart(
      Part part,
      String name,
      int port,
      Supplier<List<String>> command,
      Map<String, String> environment,
      Path logFile,
      Duration readyLimit,
      StackFile stackFile,
      Teardown teardown) {
    this.part = part;
    this.name = name;
    this.port = port;
    this.command = command;
    this.environment = Map.copyOf(environment);
    this.logFile = logFile;
    this.readyLimit = readyLimit;
    this.stackFile = stackFile;
    this.teardown = teardown;
  }

  /** Unique in the stack: {@code embedding-worker}, {@code embedding-worker-2}. */
  public String name() {
    return name;
  }

  /** {@code http://127.0.0.1:port}. */
  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public Path logFile() {
    return logFile;
  }

  public synchronized long pid() {
    return process.pid();
  }

  public synchronized boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Starts the process again after it was stopped or killed; does not wait for readiness. */
  public void start() {
    teardown.whileOpen(this::launch);
  }

  /** SIGTERM, and SIGKILL if it has not ended 15 s later. */
  public synchronized void stop() {
    if (process != null) {
      process.stop(STOP_GRACE);
    }
  }

  /** SIGKILL. */
  public synchronized void kill() {
    if (process != null) {
      process.kill();
    }
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws StackException with what its log says if it ends first, or takes too long
   */
  public void awaitReady() {
    awaitReadyBeside(List.of(this));
  }

  /**
   * The same, and fails as soon as one of these parts has ended: the others may wait for it.
   *
   * @param parts this one among them
   */
  void awaitReadyBeside(List<StackPart> parts) {
    long deadline = System.nanoTime() + readyLimit.toNanos();
    Optional<String> answer = Optional.empty();
    String silence = "nothing yet";
    HttpClient client = HttpClient.newBuilder().connectTimeout(PROBE_LIMIT).build();
    try {
      while (System.nanoTime() < deadline) {
        parts.forEach(StackPart::requireAlive);
        try {
          HttpResponse<String> response = probe(client);
          if (response.statusCode() == 200) {
            return;
          }
          answer = Optional.of(response.statusCode() + " " + response.body());
        } catch (IOException none) {
          silence = none.getClass().getSimpleName();
        }
        Thread.sleep(PROBE_INTERVAL);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while " + name + " was starting.");
    } finally {
      // Closing would wait for probes that were given up.
      client.shutdownNow();
    }
    throw new StackException(
        "%s is not ready after %d s; %s%s answers: %s%s"
            .formatted(
                name,
                readyLimit.toSeconds(),
                url(),
                part.readyPath(),
                answer.orElse(silence),
                logEnd()));
  }

  /** To be called by {@link Teardown} alone, or under it. */
  synchronized StackPart launch() {
    if (!isRunning()) {
      process = ManagedProcess.start(name, command.get(), environment, logFile);
      stackFile.started(name, process.pid());
    }
    return this;
  }

  private void requireAlive() {
    ManagedProcess running = current();
    if (!running.isAlive()) {
      if (teardown.isClosing()) {
        throw new StackException("The stack is being stopped.");
      }
      throw new StackException(
          "%s ended with exit code %d before the stack was ready.%s"
              .formatted(name, running.exitCode().orElseThrow(), logEnd()));
    }
  }

  private synchronized ManagedProcess current() {
    return process;
  }

  private HttpResponse<String> probe(HttpClient client) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url() + part.readyPath())).timeout(PROBE_LIMIT).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String logEnd() {
    return "%n%s%nThe log: %s".formatted(LogExcerpt.of(logFile), logFile);
  }
}
