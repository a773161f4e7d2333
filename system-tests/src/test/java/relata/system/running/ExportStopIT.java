package relata.system.running;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.stack.Part;
import relata.local.stack.RelataStack;
import relata.local.stack.StackOptions;
import relata.local.stack.StackPart;

/** An export that takes longer than other requests, while both who serve it are told to stop. */
final class ExportStopIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Requests that nobody set a time for have 10 s. */
  private static final Duration LONGER_THAN_USUAL = Duration.ofSeconds(12);

  @TempDir Path data;

  @Test
  void isWaitedForByBoth() throws Exception {
    StackOptions options =
        Patience.with(StackOptions.in(data))
            .withEnvironment(Part.API, "RELATA_SHUTDOWN_TIMEOUT", "60s")
            .withEnvironment(Part.GRAPH, "RELATA_SHUTDOWN_TIMEOUT", "60s")
            .withEnvironment(Part.GRAPH, "RELATA_DATABASE_LOCK_TIMEOUT", "60s")
            .withEnvironment(Part.GRAPH, "RELATA_DATABASE_STATEMENT_TIMEOUT", "90s");
    try (RelataStack stack = RelataStack.start(options, System.out::println);
        Connection blocker = stack.postgres().connect();
        HttpClient client = HttpClient.newHttpClient()) {
      Api api = new Api(stack.url());
      api.createCollection("kept");
      for (String id : List.of("a", "b", "c")) {
        api.put("kept", id, "The ferry", "The ferry at the old harbour stood still.");
      }
      api.awaitSettled("kept", LIMIT);
      blocker.setAutoCommit(false);
      try (Statement statement = blocker.createStatement()) {
        statement.execute("lock table graph.neighbor in access exclusive mode");
      }
      CompletableFuture<HttpResponse<String>> export =
          client.sendAsync(
              HttpRequest.newBuilder(
                      URI.create(stack.url() + "/v1/collections/kept/graph/export?format=json"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      await().atMost(LIMIT).until(() -> isWaiting(stack));

      terminate(stack.api());
      terminate(stack.graphServices().getFirst());
      Thread.sleep(LONGER_THAN_USUAL);
      blocker.rollback();

      HttpResponse<String> answer = export.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertEquals(200, answer.statusCode(), answer::body);
      JsonNode graph = new ObjectMapper().readTree(answer.body());
      assertEquals(3, graph.path("nodes").size(), answer::body);
      assertEquals(3, graph.path("edges").size(), answer::body);
    }
  }

  /** SIGTERM, without waiting for what comes of it. */
  private static void terminate(StackPart part) {
    ProcessHandle.of(part.pid()).orElseThrow().destroy();
  }

  private static boolean isWaiting(RelataStack stack) {
    return new Database(stack.postgres())
            .number(
                """
                select count(*) from pg_locks
                 where relation = 'graph.neighbor'::regclass and not granted
                """)
        > 0;
  }
}
