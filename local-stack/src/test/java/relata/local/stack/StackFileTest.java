package relata.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackFileTest {
  @TempDir Path folder;
  private Process left;

  @BeforeEach
  void startAProcess() throws IOException {
    left = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void stopIt() {
    left.destroyForcibly();
  }

  @Test
  void tellsWhereTheApiAnswersOnceItIsReady() {
    StackFile file = new StackFile(folder);
    file.started("worker", left.pid());
    assertEquals(Optional.empty(), url(folder));
    file.ready("http://127.0.0.1:8080", Map.of("RELATA_NATS_URL", "nats://127.0.0.1:4222"));
    assertEquals(Optional.of("http://127.0.0.1:8080"), url(folder));
    assertEquals(
        Map.of("RELATA_NATS_URL", "nats://127.0.0.1:4222"),
        StackFile.find(folder).orElseThrow().servers());
    file.delete();
    assertEquals(Optional.empty(), url(folder));
  }

  private static Optional<String> url(Path folder) {
    return StackFile.find(folder).map(RunningStack::url);
  }

  @Test
  void whatAKilledStackLeftRunningIsEnded() throws Exception {
    new StackFile(folder).started("worker", left.pid());
    new StackFile(folder).stopLeftovers();
    assertTrue(left.waitFor(60, TimeUnit.SECONDS));
    assertFalse(Files.exists(folder.resolve("stack.json")));
  }

  @Test
  void aLaterProcessWithTheSameNumberIsLeftAlone() throws Exception {
    StackFile file = new StackFile(folder);
    file.started("worker", left.pid());
    Path json = folder.resolve("stack.json");
    String earlier = Files.readString(json).replaceAll("(\"startedAt\" : )\\d+", "$11000");
    Files.writeString(json, earlier);
    file.stopLeftovers();
    assertTrue(left.isAlive());
  }

  @Test
  void aFileThatIsNoJsonIsIgnored() throws Exception {
    Files.writeString(folder.resolve("stack.json"), "{half");
    assertEquals(Optional.empty(), url(folder));
    new StackFile(folder).stopLeftovers();
    assertFalse(Files.exists(folder.resolve("stack.json")));
  }
}
