package relata.local.nats;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.local.process.DirectoryTree;
import relata.local.process.ManagedProcess;
import relata.local.tool.Tool;

/**
 * A real nats-server with JetStream on the loopback interface. It keeps its port over a restart, so
 * that clients find it again; its store may be deleted while it is stopped.
 */
public final class NatsServer implements AutoCloseable {
  private static final Tool PROGRAM =
      new Tool(
          "nats-server",
          "nats-server",
          "NATS_SERVER",
          "macOS: brew install nats-server; else https://github.com/nats-io/nats-server/releases");
  private static final Duration START_LIMIT = Duration.ofSeconds(20);
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);
  private static final Pattern URL = Pattern.compile("(?:nats|tls)://[^\"]+?:(\\d+)");

  private final Path directory;
  private final boolean temporary;
  private final Path logFile;
  private final Optional<Path> configuration;
  private int port;
  private ManagedProcess process;

  private NatsServer(
      Path directory, boolean temporary, int port, Path logFile, Optional<Path> configuration) {
    this.directory = directory;
    this.temporary = temporary;
    this.logFile = logFile;
    this.configuration = configuration;
    this.port = port;
  }

  /** Starts one on a free port that leaves nothing behind when it is closed. */
  public static NatsServer startTemporary() {
    Path directory = DirectoryTree.temporary("relata-nats-");
    return started(
        new NatsServer(directory, true, 0, directory.resolve("nats.log"), Optional.empty()));
  }

  /** Starts one on a free port whose store stays in the folder. */
  public static NatsServer start(Path directory) {
    return start(directory, 0, directory.resolve("nats.log"));
  }

  /**
   * Starts one whose store stays in the folder.
   *
   * @param port 0 for a free one, which the server itself picks
   * @throws IllegalStateException with the end of the server's log if it does not start
   */
  public static NatsServer start(Path directory, int port, Path logFile) {
    return start(directory, port, logFile, Optional.empty());
  }

  /**
   * Starts one as a file says, but for its address and its ports.
   *
   * @param configuration the server's own file, whose store is {@code $NATS_STORE}; empty for a
   *     server that lets everybody do everything
   */
  public static NatsServer start(
      Path directory, int port, Path logFile, Optional<Path> configuration) {
    return started(new NatsServer(directory.toAbsolutePath(), false, port, logFile, configuration));
  }

  private static NatsServer started(NatsServer server) {
    try {
      server.start();
      return server;
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  /** {@code nats://127.0.0.1:port}. */
  public String url() {
    return "nats://127.0.0.1:" + port;
  }

  public int port() {
    return port;
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

  /** Starts it again after {@link #stop} or {@link #kill}, on the port it had. */
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    Path ports = DirectoryTree.create(directory.resolve("ports"));
    List<String> command =
        new ArrayList<>(
            List.of(
                PROGRAM.find().toString(),
                "-js",
                "-a",
                "127.0.0.1",
                "-p",
                port == 0 ? "-1" : Integer.toString(port),
                "--ports_file_dir",
                ports.toString()));
    // With a store from the command line the server would not read its file again on SIGHUP.
    command.addAll(
        configuration
            .map(file -> List.of("-c", file.toString(), "-m", "-1"))
            .orElseGet(() -> List.of("-sd", store().toString())));
    process =
        ManagedProcess.start(
            "nats-server", command, Map.of("NATS_STORE", store().toString()), logFile);
    port = awaitPort(ports);
  }

  /** SIGTERM; the server writes its store to disk first. */
  public synchronized void stop() {
    if (process != null) {
      process.stop(STOP_GRACE);
    }
  }

  /** SIGKILL, as in a crash. */
  public synchronized void kill() {
    process.kill();
  }

  /**
   * Forgets all streams and consumers.
   *
   * @throws IllegalStateException while it runs
   */
  public synchronized void deleteStore() {
    if (isRunning()) {
      throw new IllegalStateException("Stop nats-server before its store is deleted.");
    }
    DirectoryTree.delete(store());
  }

  /** Stops it; a temporary one's folder is deleted. */
  @Override
  public synchronized void close() {
    stop();
    if (temporary) {
      DirectoryTree.delete(directory);
    }
  }

  private Path store() {
    return directory.resolve("store");
  }

  /** The server writes the file once it listens, so a port that is read there is the server's. */
  private int awaitPort(Path ports) {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "nats-server ended with exit code %d:%n%s"
                .formatted(process.exitCode().orElseThrow(), process.logTail(10)));
      }
      Optional<Integer> listening = portIn(ports);
      if (listening.isPresent()) {
        return listening.get();
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while nats-server was starting.");
      }
    }
    throw new IllegalStateException(
        "nats-server does not listen after %d s:%n%s"
            .formatted(START_LIMIT.toSeconds(), process.logTail(10)));
  }

  private Optional<Integer> portIn(Path ports) {
    try (var files = Files.list(ports)) {
      Optional<Path> file =
          files
              .filter(found -> found.toString().endsWith("_" + process.pid() + ".ports"))
              .findFirst();
      if (file.isEmpty()) {
        return Optional.empty();
      }
      Matcher url = URL.matcher(Files.readString(file.get()));
      return url.find() ? Optional.of(Integer.parseInt(url.group(1))) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read the ports of nats-server", unreadable);
    }
  }
}
