package relata.local.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.process.ForeignProcess;

class LocalPostgresIT {
  @TempDir Path folder;

  @Test
  void keepsItsDataOverARestartSafelyToDisk() throws Exception {
    Path data = folder.resolve("a folder with spaces");
    int port;
    try (LocalPostgres server = LocalPostgres.start(data)) {
      port = Integer.parseInt(server.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
      assertEquals("on", answer(server, "show fsync"));
      assertEquals("on", answer(server, "show full_page_writes"));
      execute(server, "insert into content.collection (tenant, name) values ('t', 'kept')");
    }
    try (LocalPostgres server = LocalPostgres.start(data, port, folder.resolve("postgres.log"))) {
      assertTrue(server.jdbcUrl().contains(":" + port + "/"), server.jdbcUrl());
      assertEquals("kept", answer(server, "select name from content.collection"));
    }
  }

  @Test
  void replacesAServerThatAKilledRunLeftBehind() throws Exception {
    ProcessHandle left = serverOfAKilledRun();
    try (LocalPostgres server = LocalPostgres.start(folder)) {
      assertTrue(new ForeignProcess(left).hasEnded());
      assertEquals("kept", answer(server, "select name from content.collection"));
    }
  }

  @Test
  void startsAgainAfterAnInitdbThatWasInterrupted() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/postgresql.conf"), "half a file");
    try (LocalPostgres server = LocalPostgres.start(folder)) {
      assertEquals("0", answer(server, "select count(*) from content.collection"));
    }
  }

  @Test
  void aTemporaryOneServesTheRolesAndLeavesNothingBehind() throws Exception {
    LocalPostgres server = LocalPostgres.startTemporary();
    Path directory = Path.of(answer(server, "show data_directory"));
    try (Connection connection =
        DriverManager.getConnection(server.jdbcUrl(), "relata_api", server.rolePassword())) {
      assertEquals("relata_api", answer(connection, "select current_user"));
    }
    server.close();
    assertFalse(Files.exists(directory));
  }

  @Test
  void bringsTheSchemaToAServerThatIsThereAlready() throws Exception {
    try (LocalPostgres server = LocalPostgres.startTemporary()) {
      execute(server, "create database other");
      String url =
          server.reactiveUrl().replace("//", "//postgres:secret@").replace("/relata", "/other");
      try (LocalPostgres external = LocalPostgres.external(url, "relata")) {
        assertEquals("0", answer(external, "select count(*) from content.document"));
      }
      assertEquals("0", answer(server, "select count(*) from content.document"));
    }
  }

  @Test
  void saysThatAServerCannotBeReached() {
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> LocalPostgres.external("postgresql://u:secret@127.0.0.1:1/x", "relata"));
    assertTrue(refused.getMessage().contains("RELATA_DATABASE_URL"), refused.getMessage());
    assertFalse(refused.getMessage().contains("secret"), refused.getMessage());
  }

  private ProcessHandle serverOfAKilledRun() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process run =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                LeftBehind.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = run.inputReader()) {
      assertEquals("started", output.readLine());
    }
    run.destroyForcibly().waitFor();
    long pid = Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst());
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    assertTrue(server.isAlive());
    return server;
  }

  private static void execute(LocalPostgres server, String sql) throws Exception {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String answer(LocalPostgres server, String sql) throws Exception {
    try (Connection connection = server.connect()) {
      return answer(connection, sql);
    }
  }

  private static String answer(Connection connection, String sql) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
