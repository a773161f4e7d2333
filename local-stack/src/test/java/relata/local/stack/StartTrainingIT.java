package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be made is left out, is said, and keeps nothing else from being made. */
final class StartTrainingIT {
  private static final int LIMIT_SECONDS = 120;

  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();
  private ProjectLayout project;
  private Path logs;

  @BeforeEach
  void build() throws IOException {
    project = StandInProject.in(folder.resolve("project"));
    logs = Files.createDirectory(folder.resolve("logs"));
  }

  @Test
  void aServiceThatEndsAtOnceHasNoCacheAndTheNextHasOne() throws Exception {
    Files.writeString(built(Part.API).resolve("quarkus-app/quarkus-run.jar"), "no jar");

    train(Part.API, Part.WORKER);

    assertFalse(cache(Part.API).isThere());
    assertEquals(List.of(), cachesOf(Part.API));
    assertTrue(Files.readString(logs.resolve("start-training-api-service.log")).contains("jar"));
    assertTrue(cache(Part.WORKER).isThere());
    assertEquals(1, cachesOf(Part.WORKER).size());
    assertEquals(List.of(), List.copyOf(messages));
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaid() throws Exception {
    Path inTheWay = Files.writeString(built(Part.API).resolve("start-cache"), "no folder");

    train(Part.API);

    assertEquals(1, messages.size(), messages::toString);
    String message = messages.iterator().next();
    assertTrue(message.startsWith("Services will start as slowly as until now: "), message);
    assertTrue(message.contains(inTheWay.toString()), message);
    assertFalse(cache(Part.API).isThere());
  }

  @Test
  void aLogThatCannotBeWrittenIsSaid() throws Exception {
    Files.delete(logs);
    Files.writeString(logs, "no folder");

    train(Part.API);

    assertEquals(1, messages.size(), messages::toString);
    assertEquals(List.of(), cachesOf(Part.API));
  }

  @Test
  void whatIsGivenUpLeavesNothingBehind() throws Exception {
    StartTraining training =
        StartTraining.of(project, List.of(Part.API), true, logs, messages::add);

    training.close();

    assertTrue(training.done().isDone());
    assertEquals(List.of(), cachesOf(Part.API));
    String jar = built(Part.API).toString();
    assertEquals(
        0,
        ProcessHandle.current()
            .descendants()
            .filter(each -> each.info().commandLine().orElse("").contains(jar))
            .count());
  }

  private void train(Part... parts) throws Exception {
    try (StartTraining training =
        StartTraining.of(project, List.of(parts), true, logs, messages::add)) {
      training.done().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private StartCache cache(Part part) {
    return project.startCache(part, part.heapMebibytes());
  }

  private Path built(Part part) {
    return project.root().resolve(part.module()).resolve("target");
  }

  /** Whole ones and others. */
  private List<Path> cachesOf(Part part) throws IOException {
    Path caches = built(part).resolve("start-cache");
    if (!Files.exists(caches)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(caches)) {
      return files.toList();
    }
  }
}
