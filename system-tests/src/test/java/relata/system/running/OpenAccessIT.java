package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.process.ManagedProcess;

/** Where api-service starts without keys, and where it does not. */
final class OpenAccessIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Map<String, String> OPEN = Map.of("RELATA_ACCESS_OPEN", "true");
  private static final Map<String, String> FOR_OTHERS = Map.of("QUARKUS_HTTP_HOST", "0.0.0.0");
  private static final String WARNING = "ACCESS IS OPEN";

  @TempDir static Path folder;

  private static ApiReplicas services;

  @BeforeAll
  static void startBackends() {
    services = ApiReplicas.start(folder, 0, Map.of());
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @Test
  void openForThisMachineItStartsAndWarns() throws IOException {
    ManagedProcess service = services.launch(OPEN);
    assertEquals(200, statusWithoutKey());
    List<String> warnings =
        Files.readString(service.logFile()).lines().filter(line -> line.contains(WARNING)).toList();
    assertEquals(1, warnings.size(), () -> service.logTail(50));
    assertTrue(warnings.getFirst().contains("WARN"), warnings::getFirst);
    assertTrue(warnings.getFirst().contains("127.0.0.1"), warnings::getFirst);
  }

  /** It lets nobody in before it finds that it must not. */
  @Test
  void openForOthersItEndsAndSaysWhatToDo() throws Exception {
    Map<String, String> environment = new HashMap<>(FOR_OTHERS);
    environment.putAll(OPEN);
    ManagedProcess service = services.launch(environment);
    URI url = URI.create(services.urls().getLast());
    long end = System.nanoTime() + LIMIT.toNanos();
    while (service.isAlive()) {
      assertFalse(listens(url), "it listens");
      assertTrue(System.nanoTime() < end, () -> service.logTail(50));
      Thread.sleep(10);
    }
    assertNotEquals(0, service.exitCode().orElseThrow());
    String log = Files.readString(service.logFile());
    assertTrue(log.contains("'0.0.0.0' can be reached from other machines"), log);
    assertTrue(log.contains("Set QUARKUS_HTTP_HOST=127.0.0.1"), log);
    assertFalse(log.contains("Listening on"), log);
  }

  @Test
  void forOthersItStartsWithKeysAloneAndIsOpenToNobodyWhoDidNotSaySo() throws IOException {
    ManagedProcess service = services.launch(FOR_OTHERS);
    assertEquals(401, statusWithoutKey());
    assertFalse(Files.readString(service.logFile()).contains(WARNING));
  }

  /** Of the one that was started last. */
  private static int statusWithoutKey() {
    String url = services.urls().getLast();
    ApiReplicas.awaitReady(url);
    return Api.json(url).get("/v1/collections").statusCode();
  }

  private static boolean listens(URI url) {
    try (Socket _ = new Socket(InetAddress.getByName(url.getHost()), url.getPort())) {
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
