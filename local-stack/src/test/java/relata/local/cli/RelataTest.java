package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class RelataTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "up",
        "import",
        "status",
        "search",
        "neighbors",
        "graph",
        "graph overview",
        "graph path",
        "graph communities",
        "graph duplicates",
        "graph export",
        "backfill",
        "keys",
        "keys create",
        "keys list",
        "keys revoke",
        "keys rotate",
        "keys operator",
        "bench",
        "bench pipeline",
        "eval"
      })
  void everyCommandHasHelp(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.add("--help");
    assertEquals(0, run(words.toArray(String[]::new)));
    assertTrue(out.toString().contains("Usage: relata " + command), out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'', Name a command",
    "frobnicate, frobnicate",
    "up --port 70000, --port must be 1 to 65535",
    "bench, Name what to measure",
    "bench pipeline --documents 3, The documents must be 200 to",
    "bench pipeline --only luck, --only takes",
    "up --port x, --port",
    "demo --source /none, /none is no folder",
    "import, PATH",
    "import /none, /none does not exist",
    "import /tmp --title-column t, need --id-column",
    "eval, COLLECTION",
    "eval /none, /none is no folder",
    "eval /tmp --recipe [], --recipe takes a JSON object",
    "eval /tmp --recipe {, --recipe takes a JSON object",
    "eval /tmp --url http://localhost --data /tmp/x, --data is for a stack of its own",
    "search, Say what to look for",
    "search words --like x, 'words or --like, not both'",
    "search words --page 0, --page must be 1 to 100",
    "search words --page 11 --limit 100, --page must be 1 to 10",
    "search words --filter a=1 --filter =2, --filter takes path=value",
    "search words --weight semantic=much, --weight",
    "search words --limit 0, --limit must be 1 to 100",
    "search words --mode fuzzy, 'hybrid, semantic or lexical'",
    "neighbors, ID",
    "graph, Name what to show",
    "graph path a, TO",
    "graph communities --limit 0, --limit must be 1 to 100",
    "graph communities --resolution 0, --resolution must be above 0",
    "graph duplicates --min-similarity 2, --min-similarity must be from -1 to 1",
    "graph duplicates --limit 101, --limit must be 1 to 100",
    "graph export --format gexf, --format must be json or graphml",
    "backfill --rate 0, --rate takes a number of documents a second above 0",
    "backfill --rate x, --rate takes a number of documents a second above 0",
    "backfill --rate NaN, --rate takes",
    "backfill --batch 0, --batch takes 1 to 1000",
    "backfill --batch many, --batch takes 1 to 1000",
    "backfill --collection=, --collection needs a name",
    "keys, Name what to do",
    "keys create --name n, --scope",
    "keys create --name n --scope all, 'read, write or admin'",
    "keys create --name n --scope read --days 0, --days must be 1 to 366",
    "keys revoke, ID",
    "keys rotate x --overlap-hours 721, --overlap-hours must be 0 to 720",
    "status --key-file /none, --key-file /none cannot be read",
    "status --url nonsense, is no URL",
    "test, ./relata test",
  })
  void aWrongCommandLineIsRefusedInWordsWithExitCode2(String arguments, String words) {
    assertEquals(2, run(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)));
    assertTrue(err.toString().contains(words), err.toString());
    assertTrue(err.toString().contains("--help"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void anApiThatIsAwayIsSaidInWordsWithExitCode1() {
    assertEquals(1, run("status", "--url", NOBODY));
    assertTrue(err.toString().contains("No answer from " + NOBODY), err.toString());
    assertTrue(err.toString().contains("./relata up"), err.toString());
    assertEquals(1, run("status", "notes", "--url", NOBODY));
    assertEquals("", out.toString(), "no head of a table without a table");
  }

  @Test
  void theEnvironmentNamesTheApi() {
    assertEquals(1, commandLine(Map.of("RELATA_URL", NOBODY)).execute("status"));
    assertTrue(err.toString().contains("No answer from " + NOBODY), err.toString());
  }

  @Test
  void aBackfillOfAFolderWithoutAStackIsSaidInWordsWithExitCode1() {
    assertEquals(1, run("backfill", "--data", folder.toString()));
    assertEquals("No stack runs on " + folder + ".", err.toString().strip());
  }

  @Test
  void aPortThatIsTakenIsSaidInWordsAndNothingIsLeft() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertEquals(1, run("up", "--data", folder.toString(), "--port", port));
      assertTrue(err.toString().startsWith("Port " + port + " is taken"), err.toString());
      assertTrue(Files.notExists(folder.resolve("postgres")), "PostgreSQL was not started");
    }
  }

  @Test
  void aDataFolderThatCannotBeIsSaidInOneSentence() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path data : List.of(file, file.resolve("below"))) {
      err.getBuffer().setLength(0);
      assertEquals(1, run("up", "--data", data.toString()));
      assertEquals(1, err.toString().lines().count(), err.toString());
      assertTrue(err.toString().contains(data.toString()), err.toString());
      assertTrue(err.toString().contains("--data"), err.toString());
    }
  }

  @Test
  void aFolderWithoutDocumentsIsSaidBeforeAnythingStarts() throws IOException {
    Path source = Files.createDirectory(folder.resolve("source"));
    for (int i = 0; i < 22; i++) {
      Files.writeString(source.resolve("%02d.pdf".formatted(i)), "");
    }
    assertEquals(1, run("import", source.toString(), "--url", NOBODY));
    assertEquals(22, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().startsWith("left out: 00.pdf (none of .md"), err.toString());
    assertTrue(err.toString().contains("left out: 2 more, 22 in all"), err.toString());
    assertTrue(err.toString().contains(source + " has no document"), err.toString());
    Path data = folder.resolve("data");
    assertEquals(1, run("demo", "--source", source.toString(), "--data", data.toString()));
    assertTrue(Files.notExists(data));
  }

  @Test
  void aDatabaseUrlThatIsWrongIsSaidInWords() {
    int exitCode =
        commandLine(Map.of("RELATA_DATABASE_URL", "mysql://u:secret@h/d"))
            .execute("up", "--data", folder.toString());
    assertEquals(1, exitCode);
    assertTrue(err.toString().contains("RELATA_DATABASE_URL must look like"), err.toString());
  }

  private int run(String... arguments) {
    return commandLine(Map.of()).execute(arguments);
  }

  private CommandLine commandLine(Map<String, String> environment) {
    return Relata.commandLine(environment)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }
}
