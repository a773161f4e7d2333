package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.process.DirectoryTree;
import relata.local.stack.Part;
import relata.local.stack.Ports;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.system.Guide;
import relata.system.Project;

/**
 * What {@code docs/operate.md} tells a stranger to type, as far as it needs no cluster: from the
 * first key over a backup to a restore, after which two tenants are answered as they were before.
 */
final class RestoreIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String ACME = "acme";
  private static final String GLOBEX = "globex";
  private static final List<String> WORDS = List.of("plants that need water", "bridges");

  /** Where the stranger types: secrets, dumps and links to the clone. */
  private final Path desk = DirectoryTree.temporary("relata-guide");

  @TempDir Path machine;

  private final ModelProxy model = ModelProxy.start();
  private final List<String> done = new ArrayList<>();
  private PackagedPostgres postgres;
  private RelataStack stack;

  @AfterEach
  void stop() {
    if (stack != null) {
      stack.close();
    }
    if (postgres != null) {
      postgres.close();
    }
    model.close();
    DirectoryTree.delete(desk);
  }

  @Test
  void whatIsRestoredIsWhatWasServedAndNoModelIsAsked() throws Exception {
    for (String name : List.of("relata", "local-stack")) {
      Files.createSymbolicLink(desk.resolve(name), Project.root().resolve(name));
    }
    postgres = PackagedPostgres.start(machine.resolve("postgres-1"));
    type("secrets");
    type("database");
    stack = startStack("stack-1");

    type("tenant");
    type("first-documents");
    Guide.run(Guide.script("tenant").replace(ACME, GLOBEX), desk, environment());
    Guide.run(
        Guide.script("first-documents").replace(ACME, GLOBEX).replace("/sample", "/sample/water"),
        desk,
        environment());
    settle();
    type("recipe");
    assertFalse(model.inputs().isEmpty());
    settle();
    Map<String, JsonNode> acme = served(ACME);
    Map<String, JsonNode> globex = served(GLOBEX);
    checkNeighbors();

    assertTrue(
        assertThrows(AssertionError.class, () -> run(Guide.script("backup"), "relata_owner"))
            .getMessage()
            .contains("row-level security"));
    type("backup");
    stack.close();
    postgres.close();
    DirectoryTree.delete(machine.resolve("stack-1"));

    model.forgetInputs();
    postgres = PackagedPostgres.start(machine.resolve("postgres-2"));
    Guide.run(Guide.script("database"), desk, environment());
    type("restore");
    stack = startStack("stack-2");
    settle();
    assertEquals(List.of(), model.inputs(), "asked of the model after the restore");
    assertSame(acme, served(ACME));
    assertSame(globex, served(GLOBEX));
    assertEquals(Set.copyOf(WORDS), Set.copyOf(model.inputs()), "search texts, and nothing else");
    assertEquals(List.of(), model.prompts());
    checkNeighbors();

    type("rotate");
    type("rotate-operator");
    Awaitility.await("the new operator's key to work")
        .atMost(LIMIT)
        .until(() -> keysOfAcme("operator-new.key") == 200);
    assertEquals(200, keysOfAcme("operator.key"), "the old one works as well");
    type("figures");
    type("first-look");
    assertEquals(Guide.names(false), done);
    System.out.printf(
        "restored: %d answers to %s and %d to %s as before, 0 calls of a model%n",
        acme.size(), ACME, globex.size(), GLOBEX);
  }

  /** Runs a block of the guide, and notes it. */
  private void type(String name) throws IOException, InterruptedException {
    Guide.run(Guide.script(name), desk, environment());
    done.add(name);
  }

  private void run(String script, String user) throws IOException, InterruptedException {
    Guide.run(script.replace("relata_backup", user), desk, environment());
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(postgres.environment());
    if (stack != null) {
      environment.put("RELATA_URL", stack.url());
    }
    return environment;
  }

  private RelataStack startStack(String folder) throws IOException {
    return RelataStack.start(
        Patience.with(
                StackOptions.fromEnvironment(
                    machine.resolve(folder),
                    Map.of("RELATA_DATABASE_URL", postgres.url("relata_owner"))))
            .withApiPort(OptionalInt.of(Ports.free()))
            .withModelRoute(model::route)
            .withEnvironment(Part.API, "RELATA_ACCESS_OPEN", "false")
            .withEnvironment(
                Part.API, "RELATA_OPERATOR_FILE", desk.resolve("operator.sha256").toString())
            .withEnvironment(Part.API, "RELATA_GENERATION_LOOK_INTERVAL", "300ms"),
        System.out::println);
  }

  private int keysOfAcme(String keyFile) throws IOException {
    return api(keyFile).json().queryParam("tenant", ACME).get("/v1/keys").statusCode();
  }

  private void settle() throws IOException {
    for (String tenant : List.of(ACME, GLOBEX)) {
      api(tenant + ".key").awaitSettled("notes", LIMIT);
    }
  }

  private Map<String, JsonNode> served(String tenant) throws IOException {
    return Served.to(api(tenant + ".key"), api(tenant + "-admin.key"), WORDS);
  }

  private Api api(String keyFile) throws IOException {
    return new Api(stack.url(), Optional.of(Files.readString(desk.resolve(keyFile)).strip()));
  }

  /** One question at a time, so that a difference can be read. */
  private static void assertSame(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    assertEquals(before.keySet(), after.keySet());
    before.forEach((question, answer) -> assertEquals(answer, after.get(question), question));
  }

  private void checkNeighbors() {
    Database database = new Database(postgres::connect);
    List<Long> served =
        database.query(
            "select id from content.generation where state = 'active'", row -> row.getLong(1));
    assertEquals(2, served.size());
    for (long generation : served) {
      new NeighborOracle(0.6, 10)
          .check(
              database.vectors(generation),
              database.neighbors(generation),
              "generation " + generation);
    }
  }
}
