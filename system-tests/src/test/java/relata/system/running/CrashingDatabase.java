package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import relata.local.postgres.LocalPostgres;
import relata.local.process.ForeignProcess;
import relata.local.stack.RelataStack;

/**
 * The PostgreSQL of a stack, which ends as by a power cut: all its processes at once, without a
 * word. What was committed without waiting for the disk is then lost if nobody flushed it
 * meanwhile, so whoever would do that of its own accord is kept from it.
 */
final class CrashingDatabase implements AutoCloseable {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  private final Path directory;
  private final int port;
  private final Database tables;
  private LocalPostgres server;

  CrashingDatabase(RelataStack stack) {
    this.server = stack.postgres();
    this.directory = stack.dataDirectory().resolve("postgres");
    this.port = URI.create(server.reactiveUrl()).getPort();
    this.tables = new Database(server);
    tables.update("alter system set autovacuum = off");
    tables.update("alter system set checkpoint_timeout = '1h'");
    tables.number("select count(*) from (select pg_reload_conf()) as reloaded");
  }

  /** What stands in it; not while it is away. */
  Database tables() {
    return tables;
  }

  /**
   * From now on only a commit that waits for the disk brings there what was committed before it.
   */
  void flushNothingByItself() throws Exception {
    long writer =
        tables.number("select pid from pg_stat_activity where backend_type = 'walwriter'");
    new ProcessBuilder("kill", "-STOP", Long.toString(writer)).inheritIO().start().waitFor();
  }

  /** Kills all its processes. */
  void crash() {
    ProcessHandle first = ProcessHandle.of(server.pid().orElseThrow()).orElseThrow();
    List<ProcessHandle> all = Stream.concat(Stream.of(first), first.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      assertTrue(new ForeignProcess(process).awaitEnd(END_LIMIT), "process " + process.pid());
    }
    // Frees the folder, of which this process believes that a server is in it.
    server.close();
  }

  /** Shows what is left on disk to nobody else: on another port, and stops again. */
  void lookAtWhatIsLeft(Consumer<Database> look) {
    try (LocalPostgres alone = start(0)) {
      look.accept(new Database(alone));
    }
  }

  /** Starts it for everybody, where it was. */
  void restart() {
    server = start(port);
  }

  @Override
  public void close() {
    server.close();
  }

  private LocalPostgres start(int onPort) {
    return LocalPostgres.start(directory, onPort, directory.resolve("restarted.log"));
  }
}
