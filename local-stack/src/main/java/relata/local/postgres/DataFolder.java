package relata.local.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import relata.local.process.DirectoryTree;
import relata.local.process.ForeignProcess;

/** The folder of an embedded server: cleans up what an earlier run that was killed left behind. */
record DataFolder(Path path) {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** Stops a server that still runs here and removes a folder whose initdb never ended. */
  void prepare() {
    stopServer();
    if (Files.exists(path) && !Files.exists(initialized())) {
      DirectoryTree.delete(path);
    }
  }

  void markInitialized() throws IOException {
    if (!Files.exists(initialized())) {
      Files.createFile(initialized());
    }
  }

  /** Does nothing if none runs. */
  void stopServer() {
    server().ifPresent(DataFolder::stop);
  }

  /** The process of the server that runs here, of which all its others are children. */
  Optional<ProcessHandle> server() {
    Path pidFile = path.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(pidFile).stream()
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(DataFolder::isPostgres);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("Cannot read " + pidFile, unreadable);
    }
  }

  /** A pid file may outlive a reboot, and its number may be another program's by now. */
  private static boolean isPostgres(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("postgres")).isPresent();
  }

  /** SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave. */
  private static void stop(ProcessHandle server) {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(server.pid())).start().waitFor();
    } catch (IOException failed) {
      throw new UncheckedIOException("Cannot stop PostgreSQL, pid " + server.pid(), failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL was stopping.");
    }
    if (!new ForeignProcess(server).awaitEnd(STOP_LIMIT)) {
      server.destroyForcibly();
    }
  }

  private Path initialized() {
    return path.resolve("relata-initialized");
  }
}
