package relata.system.monitoring;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.config.HttpClientConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
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
import relata.local.tool.Tool;

/** A real Prometheus that scrapes a stack every second. */
public final class Prometheus implements AutoCloseable {
  private static final Tool PROGRAM =
      new Tool(
          "prometheus", "prometheus", "PROMETHEUS", "elsewhere: https://prometheus.io/download/");
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern LISTENING =
      Pattern.compile("\"?Listening on\"?.*address=(127\\.0\\.0\\.1:\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

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
   * @param jobs what it scrapes, as {@code scrape_configs}
   */
  public static Prometheus start(Path folder, ShippedRules rules, JsonNode jobs)
      throws IOException {
    rules.write(folder.resolve("rules.yaml"));
    ObjectNode configuration = JSON.createObjectNode();
    configuration.putObject("global").put("scrape_interval", "1s").put("evaluation_interval", "1s");
    configuration.putArray("rule_files").add("rules.yaml");
    configuration.set("scrape_configs", jobs);
    // JSON is YAML.
    JSON.writeValue(folder.resolve("prometheus.yaml").toFile(), configuration);
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
}
