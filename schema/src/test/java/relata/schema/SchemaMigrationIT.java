package relata.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SchemaMigrationIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private static EmbeddedPostgres postgres;
  private static SchemaConfig config;

  @BeforeAll
  static void severalRunnersStartAtOnce() throws Exception {
    postgres = EmbeddedPostgres.start();
    config = new SchemaConfig(url(), "postgres", "postgres", "api's password", "worker", "graph");
    int applied = 0;
    try (var executor = Executors.newFixedThreadPool(4)) {
      List<Future<Integer>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(executor.submit(() -> SchemaMigration.migrate(config)));
      }
      for (Future<Integer> run : runs) {
        applied += run.get();
      }
    }
    assertEquals(migrations(), applied, "every migration once, whoever of the four applied it");
  }

  private static long migrations() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/relata/schema"))) {
      return files.count();
    }
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  void runningAgainChangesNothing() throws Exception {
    assertEquals(0, SchemaMigration.migrate(config));
  }

  @Test
  void aMissingVariableIsNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> SchemaConfig.fromEnvironment(Map.of("RELATA_SCHEMA_URL", "jdbc:x")));
    assertTrue(error.getMessage().contains("RELATA_SCHEMA_USER"), error.getMessage());
  }

  @Test
  void rolesHaveExactlyTheGrantsTheyNeed() throws Exception {
    List<String> own = List.of("SELECT", "INSERT", "UPDATE", "DELETE");
    List<String> appended = List.of("SELECT", "INSERT");
    List<String> read = List.of("SELECT");
    Map<String, Map<String, List<String>>> granted =
        Map.of(
            "relata_api",
                Map.of(
                    "content.prompt", appended,
                    "content.api_key", appended,
                    "content.rate_budget", List.of(),
                    "content.idempotency_key", List.of("SELECT", "INSERT", "UPDATE"),
                    "feature.document_state", read,
                    "feature.description", read,
                    "feature.generation_model", read,
                    "graph.node", read),
            "relata_background",
                Map.of(
                    "content.outbox",
                    List.of("SELECT", "DELETE"),
                    "content.generation",
                    read,
                    "content.provided_chunk",
                    List.of("DELETE"),
                    "content.replica",
                    own,
                    "content.rate_budget",
                    own,
                    "content.idempotency_key",
                    List.of("DELETE")),
            "relata_worker",
                Map.of(
                    "content.collection", read,
                    "content.generation", read,
                    "content.document", read,
                    "content.prompt", read,
                    "content.provided_chunk", read),
            "relata_graph",
                Map.of(
                    "content.collection", read,
                    "content.generation", read,
                    "feature.document_state", read,
                    "feature.chunk", read));
    Map<String, String> schemas =
        Map.of("relata_api", "content", "relata_worker", "feature", "relata_graph", "graph");
    try (Connection connection = connect("postgres", "postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                select r.rolname, n.nspname || '.' || c.relname as name, n.nspname, p.privilege,
                       has_table_privilege(r.oid, c.oid, p.privilege) as granted
                  from pg_roles r
                 cross join pg_class c
                  join pg_namespace n on n.oid = c.relnamespace
                 cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE',
                                         'REFERENCES', 'TRIGGER']) as p(privilege)
                 where r.rolname like 'relata\\_%' and c.relkind in ('r', 'v')
                   and n.nspname in ('content', 'feature', 'graph')
                """)) {
      int seen = 0;
      while (rows.next()) {
        String role = rows.getString("rolname");
        String table = rows.getString("name");
        String privilege = rows.getString("privilege");
        List<String> otherwise =
            rows.getString("nspname").equals(schemas.get(role)) ? own : List.of();
        boolean expected = granted.get(role).getOrDefault(table, otherwise).contains(privilege);
        assertEquals(expected, rows.getBoolean("granted"), role + " " + privilege + " on " + table);
        seen++;
      }
      assertTrue(seen > 200, "only " + seen + " privileges looked at");
    }
  }

  @Test
  void ofADocumentGraphServiceReadsItsMetadataAlone() throws Exception {
    try (Connection connection = connect("relata_graph", "graph's password");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select id, metadata from content.document").close();
      for (String column : List.of("title", "body", "external_id", "*")) {
        SQLException refused =
            assertThrows(
                SQLException.class,
                () -> statement.executeQuery("select " + column + " from content.document"));
        assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState());
      }
    }
  }

  @Test
  void aServiceCannotWriteWhatAnotherOwns() throws Exception {
    try (Connection connection = connect("relata_api", "api's password");
        Statement statement = connection.createStatement()) {
      SQLException refused =
          assertThrows(
              SQLException.class, () -> statement.execute("delete from feature.document_state"));
      assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState());
      statement.execute("select set_config('relata.tenant', 't', false)");
      statement.execute("insert into content.collection (tenant, name) values ('t', 'c')");
    }
  }

  @Test
  void whatActsAcrossTenantsReadsNoContentAndNoSecretsButTheHashesOfKeys() throws Exception {
    try (Connection connection = connect("relata_background", "api's password");
        Statement statement = connection.createStatement()) {
      statement.executeQuery("select id, tenant, secret_hash from content.api_key").close();
      for (String read :
          List.of(
              "select title from content.document",
              "select template from content.prompt",
              "select text from content.query",
              "select text from content.provided_chunk",
              "select text from feature.chunk",
              "select answer from content.idempotency_key",
              "update content.api_key set scopes = '{admin}'")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute(read), read);
        assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), read);
      }
    }
  }

  @Test
  void whatRequestsReachIsWalledOffByTenantAndTheirRoleCannotGoRound() throws Exception {
    try (Connection connection = connect("postgres", "postgres");
        Statement statement = connection.createStatement()) {
      assertEquals(
          List.of(),
          names(
              statement,
              """
              select rolname from pg_roles r
               where rolname like 'relata\\_%'
                 and (rolsuper or rolbypassrls or rolcreaterole
                      or exists (select from pg_auth_members where member = r.oid)
                      or exists (select from pg_class where relowner = r.oid))"""));
      // Which replicas run with which settings is of no tenant.
      assertEquals(
          List.of("content.replica"),
          names(
              statement,
              """
              select c.oid::regclass::text from pg_class c
               where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity)
                 and c.relnamespace in
                     (select oid from pg_namespace where nspname in ('content', 'feature', 'graph'))
                 and has_any_column_privilege('relata_api', c.oid, 'select, insert, update')"""));
    }
  }

  @Test
  void aTenantSeesAndWritesItsOwnRowsAlone() throws Exception {
    try (Connection connection = connect("relata_api", "api's password");
        Statement statement = connection.createStatement()) {
      for (String tenant : List.of("walled-a", "walled-b")) {
        statement.execute("select set_config('relata.tenant', '" + tenant + "', false)");
        statement.execute(
            "insert into content.collection (tenant, name) values ('" + tenant + "', 'same')");
      }
      assertEquals(
          List.of("walled-b"), names(statement, "select distinct tenant from content.collection"));
      assertEquals(
          0, statement.executeUpdate("delete from content.collection where tenant = 'walled-a'"));
      for (String write :
          List.of(
              "insert into content.collection (tenant, name) values ('walled-a', 'more')",
              "update content.collection set tenant = 'walled-a'",
              "insert into content.prompt (tenant, name, template, sha256) values (null, 'x', '', '')",
              "insert into content.outbox (subject, payload) values ('content.changed.walled-a', '')")) {
        SQLException refused =
            assertThrows(SQLException.class, () -> statement.execute(write), write);
        assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), write);
      }
    }
  }

  private static List<String> names(Statement statement, String query) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @Test
  void apiServiceReadsChunksButNoVector() throws Exception {
    try (Connection connection = connect("relata_api", "api's password");
        Statement statement = connection.createStatement()) {
      statement.execute("select ordinal, kind, text, dimension from feature.chunk");
      SQLException refused =
          assertThrows(
              SQLException.class, () -> statement.execute("select vector from feature.chunk"));
      assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState());
    }
  }

  private static Connection connect(String user, String password) throws SQLException {
    return DriverManager.getConnection(url(), user, password);
  }

  private static String url() {
    return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
  }
}
