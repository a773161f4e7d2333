package relata.system.running;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import relata.contracts.BrokerUsers;
import relata.local.testing.Certificates;
import relata.system.kubernetes.ScrapeConfiguration;
import relata.system.kubernetes.ScrapeConfiguration.Target;
import relata.system.monitoring.Prometheus;
import relata.system.monitoring.ShippedRules;

/** Who is believed and who is not, between the services and what they lean on. */
final class TlsIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String COLLECTION = "secured";
  private static final String ELSEWHERE = "elsewhere";

  @TempDir static Path folder;

  private static Certificates authority;
  private static Certificates stranger;
  private static SecuredStack stack;

  /** What is wrong with who answers. */
  enum Wrong {
    AUTHORITY,
    NAME,
    PLAIN
  }

  @BeforeAll
  static void start() throws Exception {
    authority = Certificates.authority(folder.resolve("authority"));
    stranger = Certificates.authority(folder.resolve("stranger"));
    // Its first connections take long; its probes are given up after 20 s.
    stack = SecuredStack.start(folder, authority, Map.of("RELATA_DATABASE_WAIT_TIMEOUT", "10s"));
    Api api = new Api(stack.url());
    api.createCollection(COLLECTION, Map.of("edges", Map.of("minSimilarity", 0.1)));
    for (int i = 0; i < 20; i++) {
      api.put(COLLECTION, "d" + i, "Water " + i, "Of water there is much in the sea, " + i + ".");
    }
    api.awaitSettled(COLLECTION, LIMIT);
  }

  @AfterAll
  static void stop() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void everyConnectionToPostgresIsEncrypted() {
    Map.Entry<Long, Long> connections = stack.connectionsToPostgres();
    assertTrue(connections.getKey() >= 3, connections::toString);
    assertEquals(connections.getKey(), connections.getValue());
  }

  @ParameterizedTest
  @EnumSource
  void postgresIsNotBelieved(Wrong wrong) throws Exception {
    show(wrong, "postgres");
    stack.showCertificateOfPostgres(wrong != Wrong.PLAIN);
    stack.endConnectionsToPostgres();
    try {
      stack.awaitNotReady(
          BrokerUsers.API_SERVICE, BrokerUsers.EMBEDDING_WORKER, BrokerUsers.GRAPH_SERVICE);
      assertEquals(Map.entry(0L, 0L), stack.connectionsToPostgres());
    } finally {
      authority.issue("postgres-good", SecuredStack.NAME).mount(stack.files().of("postgres"));
      stack.showCertificateOfPostgres(true);
      stack.awaitReady();
    }
  }

  /** The two that are ready without NATS are asked what they cannot answer then. */
  @ParameterizedTest
  @EnumSource
  void natsIsNotBelieved(Wrong wrong) throws Exception {
    stack.nats().stop();
    show(wrong, "nats");
    stack.secureNats(wrong != Wrong.PLAIN);
    stack.nats().start();
    try {
      stack.awaitNotReady(BrokerUsers.EMBEDDING_WORKER);
      Awaitility.await("both to stay without NATS for some tries")
          .during(Duration.ofSeconds(2))
          .atMost(LIMIT)
          .until(
              () ->
                  Stream.of(Api.json(stack.url()).get("/v1/models"), searchByMeaning())
                      .map(Response::asString)
                      .allMatch(answer -> answer.contains("NATS cannot be reached")));
    } finally {
      stack.nats().stop();
      authority.issue("nats-good", SecuredStack.NAME).mount(stack.files().of("nats"));
      stack.secureNats(true);
      stack.nats().start();
      stack.awaitReady();
    }
  }

  /** Somebody listens where graph-service did: nothing is told to them. */
  @ParameterizedTest
  @EnumSource
  void graphServiceIsNotBelieved(Wrong wrong) throws Exception {
    stack.stop(BrokerUsers.GRAPH_SERVICE);
    Certificates.Pair shown =
        switch (wrong) {
          case AUTHORITY -> stranger.issue("graph", SecuredStack.NAME);
          case NAME -> authority.issue("graph-elsewhere", ELSEWHERE);
          case PLAIN -> authority.issue("graph-good", SecuredStack.NAME);
        };
    try (Impostor impostor =
        Impostor.listen(
            stack.graphPort(),
            wrong == Wrong.PLAIN
                ? Optional.empty()
                : Optional.of(authority.context(Optional.of(shown))))) {
      // Together: to who speaks plainly each waits for its time to run out.
      List<Integer> answers =
          Stream.of("/documents/d1/neighbors", "/graph", "/graph/export")
              .parallel()
              .map(path -> Api.json(stack.url()).get("/v1/collections/" + COLLECTION + path))
              .map(Response::statusCode)
              .toList();
      assertEquals(List.of(503, 503, 503), answers);
      assertEquals(0, impostor.requests());
    } finally {
      stack.launch(BrokerUsers.GRAPH_SERVICE);
      stack.awaitReady();
    }
  }

  @Test
  void graphServiceAnswersApiServiceAlone() throws Exception {
    URI question = graph("https", "/internal/generations/1/index");
    SSLContext api = own(authority.issue("caller", BrokerUsers.API_SERVICE));
    assertEquals(200, SecuredStack.get(api, question).statusCode());

    for (SSLContext other :
        List.of(
            authority.context(Optional.empty()),
            own(authority.issue("worker", BrokerUsers.EMBEDDING_WORKER)))) {
      var refused = SecuredStack.get(other, question);
      assertEquals(403, refused.statusCode(), refused.body());
      assertTrue(refused.body().contains("This service is not for you."), refused.body());
      assertEquals(403, SecuredStack.get(other, graph("https", "/nothing")).statusCode());
    }
    SSLContext forged = own(stranger.issue("caller", BrokerUsers.API_SERVICE));
    assertThrows(IOException.class, () -> SecuredStack.get(forged, question));
    assertThrows(IOException.class, () -> SecuredStack.get(api, graph("http", question.getPath())));
  }

  @Test
  void whoeverScrapesNeedsNoCertificateAndSeesWhenTheyEnd() throws Exception {
    var metrics =
        SecuredStack.get(authority.context(Optional.empty()), graph("https", "/q/metrics"));
    assertEquals(200, metrics.statusCode());
    for (String each :
        List.of(
            "certificate=\"database\",part=\"authority\"",
            "certificate=\"nats\",part=\"authority\"",
            "certificate=\"services\",part=\"authority\"",
            "certificate=\"services\",part=\"own\"")) {
      double left =
          metrics
              .body()
              .lines()
              .filter(line -> line.startsWith("relata_certificate_expires_seconds{" + each))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
              .findFirst()
              .orElseThrow(() -> new AssertionError(each + " is not in\n" + metrics.body()));
      assertTrue(left > 0 && left <= Duration.ofDays(2).toSeconds(), each + " " + left);
    }
  }

  /** As the operator has it of the PodMonitor in production, by the name that it is to check. */
  @Test
  void prometheusScrapesAllAndBelievesGraphServiceByItsName() throws Exception {
    List<Target> targets =
        SecuredStack.SERVICES.stream()
            .map(
                service ->
                    new Target(
                        service, service + "-0", SecuredStack.NAME + ':' + stack.port(service)))
            .toList();
    JsonNode jobs =
        ScrapeConfiguration.secured()
            .jobs(targets, Map.of("api-service-tls", stack.files().of(BrokerUsers.API_SERVICE)));
    try (Prometheus prometheus =
        Prometheus.start(
            Files.createDirectory(folder.resolve("prometheus")), ShippedRules.read(), jobs)) {
      awaitThat(prometheus, "count(up) == 3 and count(up == 1) == 2");
      awaitThat(prometheus, "up{namespace=\"relata\",service=\"graph-service\"} == 0");
      stack
          .files()
          .show(
              SecuredStack.GRAPH,
              authority.issue("graph-both", SecuredStack.NAME, SecuredStack.GRAPH));
      for (String service : SecuredStack.SERVICES) {
        awaitThat(prometheus, "up{namespace=\"relata\",service=\"" + service + "\"} == 1");
      }
    } finally {
      stack.files().show(SecuredStack.GRAPH, authority.issue("graph-again", SecuredStack.NAME));
    }
  }

  @Test
  void browsersAreToldToComeByTlsAlone() {
    for (Response answer :
        List.of(
            Api.json(stack.url()).get("/v1/collections"),
            Api.json(stack.url()).get("/v1/collections/nowhere"))) {
      assertEquals("max-age=31536000", answer.header("Strict-Transport-Security"));
    }
  }

  private static void awaitThat(Prometheus prometheus, String query) {
    Awaitility.await(query).atMost(LIMIT).until(() -> prometheus.has(query));
  }

  private static Response searchByMeaning() {
    return Api.json(stack.url())
        .body(Map.of("text", "water", "mode", "semantic"))
        .post("/v1/collections/{c}/search", COLLECTION);
  }

  private static void show(Wrong wrong, String process) throws IOException {
    Certificates.Pair shown =
        switch (wrong) {
          case AUTHORITY -> stranger.issue(process, SecuredStack.NAME);
          case NAME -> authority.issue(process + "-elsewhere", ELSEWHERE);
          case PLAIN -> authority.issue(process + "-good", SecuredStack.NAME);
        };
    shown.mount(stack.files().of(process));
  }

  private static SSLContext own(Certificates.Pair pair) throws Exception {
    return authority.context(Optional.of(pair));
  }

  private static URI graph(String scheme, String path) {
    return URI.create("%s://%s:%d%s".formatted(scheme, SecuredStack.NAME, stack.graphPort(), path));
  }
}
