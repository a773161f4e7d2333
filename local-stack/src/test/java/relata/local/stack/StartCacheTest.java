package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
  @TempDir Path target;
  private Path jar;

  @BeforeEach
  void build() throws IOException {
    jar = Files.createDirectories(target.resolve("quarkus-app/lib")).resolveSibling("run.jar");
    Files.writeString(jar, "a jar");
    Files.writeString(jar.resolveSibling("lib/library.jar"), "another");
  }

  @Test
  void withoutACacheTheCommandIsWhatItWas() {
    assertEquals(command("-Xmx10m"), cache("-Xmx10m").command());
  }

  @Test
  void aStartTakesTheCacheThatWasKeptWhateverTheSizeOfItsHeap() throws IOException {
    make(cache("-Xmx10m"));

    List<String> command = cache("-Xmx20m").command();

    assertTrue(command.get(1).startsWith("-XX:AOTCache=" + target), command.toString());
    assertEquals(command("-Xmx20m"), others(command).toList());
  }

  @Test
  void aStartTakesTheCacheHoweverWellItIsCompiled() throws IOException {
    make(cache("-XX:TieredStopAtLevel=4"));

    assertTrue(cache("-XX:TieredStopAtLevel=1").isThere());
  }

  @Test
  void aCacheIsMadeByAJvmThatCompilesWell() {
    List<String> command = cache("-XX:TieredStopAtLevel=1").trainingCommand(jar);

    assertFalse(command.contains("-XX:TieredStopAtLevel=1"), command.toString());
  }

  @Test
  void aCacheOfAnotherBuildIsNotLookedAt() throws IOException {
    make(cache("-Xmx10m"));
    Path library = jar.resolveSibling("lib/library.jar");
    Files.setLastModifiedTime(library, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

    assertFalse(cache("-Xmx10m").isThere());
  }

  @Test
  void aCacheOfOtherOptionsIsNotLookedAt() throws IOException {
    make(cache("-XX:+UseSerialGC"));

    assertFalse(cache("-XX:+UseParallelGC").isThere());
  }

  @Test
  void aNewCacheIsInThePlaceOfTheLast() throws IOException {
    make(cache("-XX:+UseSerialGC"));
    make(cache("-XX:+UseParallelGC"));

    try (Stream<Path> files = Files.list(target.resolve("start-cache"))) {
      assertEquals(1, files.count());
    }
    assertTrue(cache("-XX:+UseParallelGC").isThere());
  }

  private static Stream<String> others(List<String> command) {
    return command.stream().filter(argument -> !argument.startsWith("-XX:AOTCache"));
  }

  private static void make(StartCache cache) throws IOException {
    Path written = cache.unfinished();
    Files.writeString(written, "a cache");
    cache.keep(written);
  }

  private StartCache cache(String option) {
    return StartCache.of(command(option), jar);
  }

  private List<String> command(String option) {
    return List.of("java", option, "-jar", jar.toString());
  }
}
