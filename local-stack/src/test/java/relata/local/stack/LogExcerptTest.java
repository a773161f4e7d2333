package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogExcerptTest {
  private static final String FAILED =
      "2026-01-01 00:00:00,547 ERROR [application] (main) Failed to start application: "
          + "java.lang.RuntimeException: Failed to start quarkus";
  private static final String CAUSE =
      "Caused by: java.lang.IllegalStateException: relata.recipe.defaults: split.chunkSize: "
          + "Must be a whole number from 16 to 8192.";

  @TempDir Path folder;

  @Test
  void saysTheErrorAndItsCauseWithoutThePlaces() throws IOException {
    String places =
        IntStream.range(0, 40)
            .mapToObj(i -> "\tat io.quarkus.Runner.run(Runner.java:" + i + ")\n")
            .collect(Collectors.joining());
    assertEquals(
        FAILED + "\n" + CAUSE,
        excerpt(
            "2026-01-01 00:00:00,469 WARN  [meters] (main) registered twice\n"
                + (FAILED + "\n" + places + CAUSE + "\n" + places)
                + "\t... 9 more\n\n"));
  }

  @Test
  void aMessageOfSeveralLinesIsWhole() throws IOException {
    assertEquals(
        FAILED + "\nmore words\n2026-01-01 00:00:01,000 INFO  [a] (main) stopped",
        excerpt(
            FAILED
                + "\nmore words\n2026-01-01 00:00:00,900 INFO  [a] (main) stopping\n"
                + "2026-01-01 00:00:01,000 INFO  [a] (main) stopped\n"));
  }

  @Test
  void withoutAnErrorItIsTheEndOfTheLog() throws IOException {
    assertEquals(
        IntStream.range(10, 20).mapToObj(Integer::toString).collect(Collectors.joining("\n")),
        excerpt(
            IntStream.range(0, 20).mapToObj(Integer::toString).collect(Collectors.joining("\n"))));
  }

  private String excerpt(String log) throws IOException {
    return LogExcerpt.of(Files.writeString(folder.resolve("log"), log));
  }
}
