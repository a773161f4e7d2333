package relata.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.client.CollectionStatus;
import relata.local.client.RelataClient;

class SettlingTest {
  private static final Duration LONG = Duration.ofSeconds(11);

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private Path log;

  @BeforeEach
  void nameLog() {
    log = folder.resolve("worker.log");
  }

  @Test
  void theLastWarningAboutTheModelServerIsSaidOnce() throws IOException {
    Files.writeString(
        log,
        """
        10:00:00 WARN  [Breaker] model server busy code=old
        10:00:01 WARN  [Breaker] model server busy code=unreachable
        10:00:02 WARN  [Broker] nats disconnected
        10:00:03 INFO  [Breaker] model server answers again
        """);
    try (RelataClient client = new RelataClient("http://127.0.0.1:1")) {
      Settling settling = settling(client);
      settling.explain(failed(0), LONG);
      settling.explain(failed(1), Duration.ofSeconds(9));
      assertEquals("", out.toString());
      settling.explain(failed(1), LONG);
      settling.explain(failed(1), LONG);
    }
    List<String> lines = out.toString().lines().filter(line -> !line.isEmpty()).toList();
    assertEquals(2, lines.size(), out.toString());
    assertTrue(lines.getLast().endsWith("code=unreachable"), out.toString());
  }

  @Test
  void withoutSuchAWarningNothingIsSaidUntilThereIsOne() throws IOException {
    try (RelataClient client = new RelataClient("http://127.0.0.1:1")) {
      Settling settling = settling(client);
      settling.explain(failed(1), LONG);
      assertEquals("", out.toString());
      Files.writeString(log, "10:00:00 WARN  [Breaker] model server busy code=late\n");
      settling.explain(failed(1), LONG);
    }
    assertTrue(out.toString().contains("code=late"), out.toString());
  }

  @Test
  void theErrorOfADocumentThatFailedIsAReasonToo() throws IOException {
    ObjectMapper json = new ObjectMapper();
    assertEquals(
        Optional.of("b: Model m is not on the model server."),
        DemoReport.failure(
            json.readTree(
                """
                {"id":"b","state":"failed",
                 "error":{"code":"model_missing","reason":"Model m is not on the model server."}}
                """)));
    assertEquals(
        Optional.empty(),
        DemoReport.failure(json.readTree("{\"id\":\"b\",\"state\":\"ready\",\"error\":null}")));
  }

  private Settling settling(RelataClient client) {
    return new Settling(
        client,
        List.of("c"),
        new WorkerWarnings(log)::aboutModelServer,
        new PrintWriter(out, true));
  }

  private static List<CollectionStatus> failed(long failed) {
    return List.of(
        new CollectionStatus(
            "c",
            2,
            1,
            0,
            1 - failed,
            0,
            failed,
            0,
            0,
            0,
            0,
            0,
            OptionalDouble.empty(),
            Optional.empty()));
  }
}
