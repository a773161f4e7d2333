package relata.local.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/** A run of its own that is going to be killed: starts a server, writes a row, waits. */
final class LeftBehind {
  private LeftBehind() {}

  public static void main(String[] args) throws Exception {
    LocalPostgres server = LocalPostgres.start(Path.of(args[0]));
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into content.collection (tenant, name) values ('t', 'kept')");
    }
    System.out.println("started");
    new CountDownLatch(1).await();
  }
}
