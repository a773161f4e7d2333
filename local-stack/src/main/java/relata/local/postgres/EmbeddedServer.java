package relata.local.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import relata.local.process.DirectoryTree;
import relata.local.process.ManagedProcess;

/** A PostgreSQL that this process runs, with the folder that its data is in. */
final class EmbeddedServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final boolean temporary;
  private final DataFolder data;
  private final EmbeddedPostgres server;

  private EmbeddedServer(
      Path directory, boolean temporary, DataFolder data, EmbeddedPostgres server) {
    this.directory = directory;
    this.temporary = temporary;
    this.data = data;
    this.server = server;
  }

  /**
   * @param temporary fast and not safe over a crash; the folder is deleted at the end
   */
  static EmbeddedServer start(Path directory, int port, Path log, boolean temporary) {
    DirectoryTree.create(directory);
    DirectoryTree.create(log.toAbsolutePath().getParent());
    DataFolder data = new DataFolder(directory.resolve("data"));
    data.prepare();
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data.path())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPGStartupWait(START_LIMIT)
            .setOutputRedirector(Redirect.appendTo(log.toFile()))
            .setErrorRedirector(Redirect.appendTo(log.toFile()))
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "256MB")
            // When a row was committed, for those who measure; it costs next to nothing.
            .setServerConfig("track_commit_timestamp", "on")
            // The library starts the server with fsync off; what a person keeps is worth more.
            .setServerConfig("fsync", temporary ? "off" : "on")
            .setServerConfig("synchronous_commit", temporary ? "off" : "on")
            .setServerConfig("full_page_writes", temporary ? "off" : "on");
    if (port != 0) {
      builder.setPort(port);
    }
    try {
      EmbeddedPostgres server = builder.start();
      data.markInitialized();
      return new EmbeddedServer(directory, temporary, data, server);
    } catch (IOException | RuntimeException failed) {
      data.stopServer();
      throw new IllegalStateException(
          "PostgreSQL does not start: %s%nThe end of %s:%n%s"
              .formatted(failed.getMessage(), log, ManagedProcess.tail(log, 10)),
          failed);
    }
  }

  DatabaseAddress address() {
    return new DatabaseAddress("127.0.0.1", server.getPort(), "postgres", "postgres", "postgres");
  }

  /** The process that all its others come from. */
  Optional<Long> pid() {
    return data.server().map(ProcessHandle::pid);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException failed) {
      throw new IllegalStateException("PostgreSQL does not stop: " + failed.getMessage(), failed);
    } finally {
      // The library only logs it if the server did not end.
      data.stopServer();
      if (temporary) {
        DirectoryTree.delete(directory);
      }
    }
  }
}
