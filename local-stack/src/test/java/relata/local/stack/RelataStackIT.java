package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.testing.Patiently;

class RelataStackIT {
  @TempDir Path folder;
  private ProjectLayout project;
  private Path data;

  @BeforeEach
  void makeAProject() throws IOException {
    project = StandInProject.in(folder.resolve("a project"));
    data = folder.resolve("some data");
  }

  @Test
  void replicasRunAndPartsCanBeStoppedKilledAndStartedAgain() throws Exception {
    try (RelataStack stack = start(options().withReplicas(2, 2))) {
      assertEquals(2, stack.workers().size());
      assertEquals(2, stack.graphServices().size());
      StackPart worker = stack.workers().getLast();
      assertEquals("embedding-worker-2", worker.name());
      String url = worker.url();
      long pid = worker.pid();

      worker.stop();
      assertFalse(worker.isRunning());
      assertTrue(stack.workers().getFirst().isRunning());
      worker.start();
      worker.awaitReady();
      assertEquals(url, worker.url());
      assertNotEquals(pid, worker.pid());
      assertTrue(pidsOf(data).contains(worker.pid()));

      worker.kill();
      assertFalse(worker.isRunning());

      int port = stack.nats().port();
      stack.nats().stop();
      stack.nats().deleteStore();
      stack.nats().start();
      assertEquals(port, stack.nats().port());
    }
    assertFalse(Files.exists(data.resolve("stack.json")));
  }

  @Test
  void aServiceThatIsStartedAgainTakesWhatItsTrainingLeft() throws Exception {
    try (RelataStack stack = start(options())) {
      StackPart graph = stack.graphServices().getFirst();
      assertFalse(isFromCache(graph));

      stack.quickenStartsAtOnce().get(5, TimeUnit.MINUTES);
      graph.kill();
      graph.start();

      graph.awaitReady();
      assertTrue(isFromCache(graph));
    }
    assertNothingRuns();
  }

  @Test
  void trainingEndsWithTheStack() throws Exception {
    CompletableFuture<Void> training;
    try (RelataStack stack = start(options())) {
      training = stack.quickenStarts();
    }
    assertTrue(training.isDone());
    assertNothingRuns();
  }

  @Test
  void aPartThatEndsIsNamedWithItsExitCodeAndWhatItsLogSays() {
    StackException failure =
        assertThrows(
            StackException.class,
            () -> start(options().withEnvironment(Part.GRAPH, "STAND_IN", "exit")));
    String words = failure.getMessage();
    assertTrue(words.startsWith("graph-service ended with exit code 3"), words);
    assertTrue(words.contains("cannot go on"), words);
    assertTrue(words.contains("graph-service.log"), words);
    assertNothingRuns();
  }

  @Test
  void aPartThatEndsIsNotWaitedForByThoseThatNeedIt() {
    StackException failure =
        assertThrows(
            StackException.class,
            () ->
                start(
                    options()
                        .withEnvironment(Part.WORKER, "STAND_IN", "unready")
                        .withEnvironment(Part.API, "STAND_IN", "exit")));
    assertTrue(
        failure.getMessage().startsWith("api-service ended with exit code 3"),
        failure.getMessage());
    assertNothingRuns();
  }

  @Test
  void aPartThatIsNeverReadyIsNamedWithWhatItSays() {
    StackException failure =
        assertThrows(
            StackException.class,
            () ->
                start(
                    options()
                        .withEnvironment(Part.API, "STAND_IN", "unready")
                        .withReadyLimit(Duration.ofSeconds(15))));
    String words = failure.getMessage();
    assertTrue(words.startsWith("api-service is not ready after 15 s"), words);
    assertTrue(words.contains("503 postgresql://"), words);
    assertNothingRuns();
  }

  @Test
  void whatIsNotBuiltIsNamedBeforeAnythingIsStarted() throws Exception {
    Files.delete(project.root().resolve("graph-service/target/quarkus-app/quarkus-run.jar"));
    StackException failure = assertThrows(StackException.class, () -> start(options()));
    assertTrue(failure.getMessage().contains("graph-service/target"), failure.getMessage());
    assertFalse(Files.exists(data.resolve("postgres")));
  }

  @Test
  void aSecondStackOnTheDataFolderIsRefusedAndTheFirstGoesOn() {
    try (RelataStack first = start(options())) {
      StackException refused = assertThrows(StackException.class, () -> start(options()));
      assertTrue(refused.getMessage().contains("Another stack"), refused.getMessage());
      first.api().awaitReady();
      assertEquals(first.url(), StackFile.find(data).orElseThrow().url());
    }
  }

  @Test
  void aStackOnAFolderElsewhereIsFoundInTheProjectAsLongAsItRuns() {
    try (RelataStack stack = start(options().withAnnouncement())) {
      assertEquals(
          List.of(stack.url()),
          RunningStack.in(project.dataFolders()).stream().map(RunningStack::url).toList());
    }
    assertEquals(List.of(), RunningStack.in(project.dataFolders()));
    assertEquals(0, project.dataFolders().toFile().list().length);
  }

  @Test
  void sigtermEndsEveryProcess() throws Exception {
    Process run = run();
    List<ProcessHandle> processes = run.descendants().toList();
    assertTrue(processes.size() >= 4, processes.toString());
    run.destroy();
    assertTrue(run.waitFor(60, TimeUnit.SECONDS));
    awaitEnd(processes);
    assertNothingRuns();
  }

  @Test
  void whatAKilledRunLeftBehindIsEndedByTheNextOne() throws Exception {
    Process run = run();
    List<ProcessHandle> processes = run.descendants().toList();
    run.destroyForcibly().waitFor();
    assertTrue(processes.stream().anyMatch(ProcessHandle::isAlive));
    try (RelataStack next = start(options())) {
      assertTrue(next.api().isRunning());
      awaitEnd(processes);
    }
  }

  /** One that has ended is there until the system has noticed that nobody waits for it. */
  private static void awaitEnd(List<ProcessHandle> processes) {
    Patiently.await()
        .untilAsserted(
            () ->
                assertEquals(
                    List.of(), processes.stream().filter(ProcessHandle::isAlive).toList()));
  }

  private static boolean isFromCache(StackPart part) {
    return ProcessHandle.of(part.pid())
        .flatMap(process -> process.info().arguments())
        .map(List::of)
        .orElseThrow()
        .stream()
        .anyMatch(argument -> argument.startsWith("-XX:AOTCache="));
  }

  private RelataStack start(StackOptions options) {
    return RelataStack.start(project, options, message -> {});
  }

  private StackOptions options() {
    return StackOptions.in(data)
        .withOllamaUrl("http://127.0.0.1:1")
        .withApiPort(OptionalInt.of(Ports.free()));
  }

  /** The folder is free, no pid file of PostgreSQL is left, and stack.json is gone. */
  private void assertNothingRuns() {
    DataLock.take(data).close();
    assertFalse(Files.exists(data.resolve("postgres/data/postmaster.pid")));
    assertFalse(Files.exists(data.resolve("stack.json")));
    List<ProcessHandle> ours =
        ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
            .toList();
    assertEquals(List.of(), ours);
  }

  private Process run() throws IOException {
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StandInRun.class.getName(),
                project.root().toString(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output = run.inputReader();
    assertEquals("started", output.readLine());
    return run;
  }

  private static List<Long> pidsOf(Path data) throws IOException {
    JsonNode content = new ObjectMapper().readTree(data.resolve("stack.json").toFile());
    List<Long> pids = new ArrayList<>();
    content.path("processes").forEach(process -> pids.add(process.path("pid").asLong()));
    return pids;
  }
}
