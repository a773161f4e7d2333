package relata.api.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import relata.api.problem.Problem;
import relata.api.problem.ProblemException;
import relata.api.problem.ProblemType;
import relata.tls.PeerTls;

/**
 * Opens exports of graph-service. By the client of the JDK: its stream takes from the connection
 * what was read and no more, and to close it closes the connection.
 */
@Singleton
final class GraphSource {
  private static final Logger LOG = Logger.getLogger(GraphSource.class);
  private static final String TAKEN = "urn:relata:problem:exports-taken";
  private static final int MAX_PROBLEM_BYTES = 64 * 1024;

  private final ExportConfig config;
  private final ObjectMapper mapper;
  private final HttpClient client;

  GraphSource(ExportConfig config, ObjectMapper mapper, PeerTls tls) {
    this.config = config;
    this.mapper = mapper;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(config.connectTimeout());
    tls.services().ifPresent(builder::sslContext);
    client = builder.build();
  }

  /**
   * The whole graph of a generation. It blocks until graph-service begins to answer.
   *
   * @throws ProblemException 503 if it cannot answer now
   */
  GraphStream open(long generation) {
    URI address =
        config.graphUrl().resolve("/internal/generations/%d/graph/export".formatted(generation));
    CompletableFuture<HttpResponse<InputStream>> asked =
        client.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofInputStream());
    try {
      HttpResponse<InputStream> answer =
          asked.get(config.beginTimeout().toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw refusal(answer);
      }
      return new GraphStream(
          answer.body(), mapper, Math.toIntExact(config.maxLine().asLongValue()));
    } catch (ExecutionException | TimeoutException | IOException failed) {
      // Should it come after all, nobody reads it.
      var unused = asked.thenAccept(GraphSource::close);
      LOG.warnf("export not begun generation=%d cause=%s", generation, failed);
      throw away();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw away();
    }
  }

  private ProblemException refusal(HttpResponse<InputStream> answer) throws IOException {
    try (InputStream body = answer.body()) {
      String text = new String(body.readNBytes(MAX_PROBLEM_BYTES), StandardCharsets.UTF_8);
      LOG.warnf("export refused status=%d", answer.statusCode());
      return switch (answer.statusCode()) {
        case 404 ->
            problem(
                ProblemType.GRAPH_BEHIND,
                "graph-service does not know the generation yet that the collection serves.");
        case 503 ->
            text.contains(TAKEN)
                ? problem(ProblemType.EXPORTS_TAKEN, "As many exports are running as may.")
                : away();
        default -> away();
      };
    }
  }

  private ProblemException away() {
    return problem(ProblemType.GRAPH_AWAY, "The graph cannot be read right now.");
  }

  private ProblemException problem(ProblemType type, String detail) {
    return Problem.unavailable(type, detail, config.retryAfter()).exception();
  }

  private static void close(HttpResponse<InputStream> late) {
    try {
      late.body().close();
    } catch (IOException gone) {
      LOG.debugf("closing a late answer failed cause=%s", gone);
    }
  }
}
