package relata.local.process;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLocksIT {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Process other;
  private int portOfTheOther;

  @BeforeEach
  void startTheOther() throws IOException {
    other =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    LockingProcess.class.getName(),
                    folder.resolve("end").toString()))
            .redirectErrorStream(true)
            .start();
    portOfTheOther = Integer.parseInt(other.inputReader().readLine());
  }

  @AfterEach
  void stopTheOther() {
    other.destroyForcibly();
  }

  @Test
  void aPortIsGivenToOneProcessUntilThatEnds() {
    assertFalse(UserLocks.takePort(portOfTheOther));

    other.destroyForcibly();

    Awaitility.await().atMost(LIMIT).until(() -> UserLocks.takePort(portOfTheOther));
    assertFalse(UserLocks.takePort(portOfTheOther), "nor is it given to the same process twice");
  }

  @Test
  void whatOneDoesAloneOthersDoAfterwards() throws Exception {
    Path end = folder.resolve("end");
    CompletableFuture<Boolean> afterwards =
        CompletableFuture.supplyAsync(() -> UserLocks.alone(() -> Files.exists(end)));
    assertThrows(TimeoutException.class, () -> afterwards.get(300, TimeUnit.MILLISECONDS));

    other.outputWriter().close();

    assertTrue(afterwards.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
  }
}
