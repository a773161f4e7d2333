package relata.local.nats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Connection;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.testing.Patiently;

class NatsServerIT {
  @TempDir Path folder;

  @Test
  void keepsItsPortAndItsStreamsOverARestart() throws Exception {
    try (NatsServer server = NatsServer.start(folder)) {
      int port = server.port();
      createStream(server);
      server.stop();
      assertFalse(server.isRunning());
      server.start();
      assertEquals(port, server.port());
      assertEquals(List.of("kept"), streams(server));
    }
  }

  @Test
  void keepsItsStreamsOverACrash() throws Exception {
    try (NatsServer server = NatsServer.start(folder)) {
      createStream(server);
      server.kill();
      server.start();
      assertEquals(List.of("kept"), streams(server));
    }
  }

  @Test
  void hasNoStreamsAfterItsStoreWasDeleted() throws Exception {
    try (NatsServer server = NatsServer.start(folder)) {
      createStream(server);
      assertThrows(IllegalStateException.class, server::deleteStore);
      server.stop();
      server.deleteStore();
      server.start();
      assertEquals(List.of(), streams(server));
    }
  }

  @Test
  void saysThatItsPortIsTaken() {
    try (NatsServer first = NatsServer.startTemporary()) {
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class,
              () -> NatsServer.start(folder, first.port(), folder.resolve("nats.log")).close());
      assertTrue(refused.getMessage().contains("address already in use"), refused.getMessage());
    }
  }

  @Test
  void aTemporaryOneLeavesNothingBehind() {
    NatsServer server = NatsServer.startTemporary();
    Path directory = server.logFile().getParent();
    assertTrue(Files.isDirectory(directory));
    server.close();
    assertFalse(Files.exists(directory));
    assertFalse(ProcessHandle.of(server.pid()).isPresent());
  }

  private static void createStream(NatsServer server) throws Exception {
    try (Connection connection = Patiently.connect(server.url())) {
      connection
          .jetStreamManagement()
          .addStream(
              StreamConfiguration.builder()
                  .name("kept")
                  .subjects("kept.>")
                  .storageType(StorageType.File)
                  .build());
      connection.jetStream().publish("kept.a", "1".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> streams(NatsServer server) throws Exception {
    try (Connection connection = Patiently.connect(server.url())) {
      return connection.jetStreamManagement().getStreamNames();
    }
  }
}
