package relata.system.monitoring;

import static io.restassured.RestAssured.given;

import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import relata.local.process.ManagedProcess;
import relata.local.stack.StackPart;
import relata.local.tool.Tool;

/** A real Prometheus that scrapes a stack every second. */
public final class Prometheus implements AutoCloseable {
  private static final Tool PROGRAM =
      new Tool(
          "prometheus", "prometheus", "PROMETHEUS", "elsewhere: https://prometheus.io/download/");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern LISTENING =
      Pattern.compile("\"?Listening on\"?.*address=(127\\.0\\.0\\.1:\\d+)");
  private static final Pattern REPLICA = Pattern.compile("-\\d+$");

  private final ManagedProcess process;
  private final String url;

  private Prometheus(ManagedProcess process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it on a free port.
   *
   * @param folder for its files
   * @param path where the parts give their metrics
   */
  public static Prometheus start(
      Path folder, ShippedRules rules, String path, List<StackPart> parts) throws IOException {
    rules.write(folder.resolve("rules.yaml"));
    Files.writeString(folder.resolve("prometheus.yaml"), configuration(path, parts));
    ManagedProcess process =
        ManagedProcess.start(
            "prometheus",
            List.of(
                PROGRAM.find().toString(),
                "--config.file=" + folder.resolve("prometheus.yaml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0"),
            Map.of(),
            folder.resolve("prometheus.log"));
    try {
      return new Prometheus(
          process,
          "http://"
              + Awaitility.await("Prometheus to listen")
                  .atMost(LIMIT)
                  .until(() -> LISTENING.matcher(process.logTail(50)), Matcher::find)
                  .group(1));
    } catch (RuntimeException failed) {
      process.kill();
      throw failed;
    }
  }

  /** The names of the alerts that fire now. */
  public Set<String> firing() {
    return new HashSet<>(
        read("/api/v1/alerts")
            .getList("data.alerts.findAll { it.state == 'firing' }.labels.alertname"));
  }

  /** Whether a query finds any series; it fails if it is no query. */
  public boolean has(String query) {
    return !given()
        .config(limited())
        .baseUri(url)
        .queryParam("query", query)
        .get("/api/v1/query")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("data.result")
        .isEmpty();
  }

  @Override
  public void close() {
    process.stop(Duration.ofSeconds(5));
  }

  private JsonPath read(String path) {
    return given()
        .config(limited())
        .baseUri(url)
        .get(path)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static RestAssuredConfig limited() {
    return RestAssuredConfig.config()
        .httpClient(
            HttpClientConfig.httpClientConfig()
                .setParam("http.connection.timeout", 5_000)
                .setParam("http.socket.timeout", 10_000));
  }

  /** Labels are what the operator gives; no part is found by asking a cluster. */
  private static String configuration(String path, List<StackPart> parts) {
    StringBuilder text =
        new StringBuilder(
            """
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: [rules.yaml]
            scrape_configs:
              - job_name: relata
                metrics_path: %s
                static_configs:
            """
                .formatted(path));
    for (StackPart part : parts) {
      text.append(
          """
                  - targets: ['%s']
                    labels: {namespace: relata, service: '%s'}
          """
              .formatted(
                  part.url().substring("http://".length()),
                  REPLICA.matcher(part.name()).replaceAll("")));
    }
    return text.toString();
  }
}
