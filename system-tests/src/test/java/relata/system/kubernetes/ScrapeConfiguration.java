package relata.system.kubernetes;

import static relata.system.kubernetes.Manifests.elements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the Prometheus operator makes of the PodMonitors of an overlay. It differs in two things: no
 * cluster is asked for pods, so they are told, with the labels that it gives them; and the interval
 * is left out, for tests ask more often.
 */
public final class ScrapeConfiguration {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABEL = "__meta_kubernetes_pod_label_";
  private static final Pattern NO_NAME = Pattern.compile("[^a-zA-Z0-9_]");
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  /** What is taken over; anything else must not be left out silently. */
  private static final Set<String> KNOWN =
      Set.of(
          "selector",
          "matchLabels",
          "podMetricsEndpoints",
          "port",
          "path",
          "interval",
          "scheme",
          "tlsConfig",
          "relabelings");

  /** As the operator has them before those of an endpoint. */
  private static final String FIRST =
      """
      - {source_labels: [__meta_kubernetes_pod_container_port_name], regex: '%2$s', action: keep}
      - {source_labels: [__meta_kubernetes_pod_phase], regex: (Failed|Succeeded), action: drop}
      - {source_labels: [__meta_kubernetes_namespace], target_label: namespace}
      - {source_labels: [__meta_kubernetes_pod_container_name], target_label: container}
      - {source_labels: [__meta_kubernetes_pod_name], target_label: pod}
      - {target_label: job, replacement: '%1$s'}
      - {target_label: endpoint, replacement: '%2$s'}
      """;

  private final Manifests manifests;

  private ScrapeConfiguration(Manifests manifests) {
    this.manifests = manifests;
  }

  /**
   * A pod.
   *
   * @param address where its one port is reached
   */
  public record Target(String deployment, String pod, String address) {}

  /** As {@code overlays/production} has it, where graph-service speaks TLS. */
  public static ScrapeConfiguration secured() throws IOException, InterruptedException {
    return new ScrapeConfiguration(Manifests.of("overlays/production"));
  }

  /**
   * As it is without TLS.
   *
   * @param folder for a kustomization
   */
  public static ScrapeConfiguration plain(Path folder) throws IOException, InterruptedException {
    return new ScrapeConfiguration(Manifests.with("monitoring", "local", folder));
  }

  /**
   * The {@code scrape_configs} of Prometheus: one for each endpoint.
   *
   * @param secrets folders that stand for Secrets, by their names
   */
  public JsonNode jobs(List<Target> targets, Map<String, Path> secrets) {
    ArrayNode jobs = JSON.createArrayNode();
    for (JsonNode monitor : manifests.ofKind("PodMonitor").toList()) {
      requireKnown(monitor.path("spec"));
      requireKnown(monitor.at("/spec/selector"));
      for (JsonNode endpoint : elements(monitor, "/spec/podMetricsEndpoints")) {
        requireKnown(endpoint);
        ObjectNode job = jobs.addObject();
        job.put("job_name", "podMonitor/%s/%d".formatted(name(monitor), jobs.size()));
        job.put("metrics_path", endpoint.path("path").asText("/metrics"));
        job.put("scheme", endpoint.path("scheme").asText("http"));
        if (endpoint.has("tlsConfig")) {
          job.set("tls_config", tls(endpoint.path("tlsConfig"), secrets));
        }
        job.putArray("static_configs").addAll(targets.stream().map(this::discovered).toList());
        job.putArray("relabel_configs").addAll(relabelings(monitor, endpoint));
      }
    }
    return jobs;
  }

  private static List<JsonNode> relabelings(JsonNode monitor, JsonNode endpoint) {
    List<JsonNode> all = new ArrayList<>();
    for (Map.Entry<String, JsonNode> label :
        monitor.at("/spec/selector/matchLabels").properties()) {
      all.add(
          JSON.valueToTree(
              Map.of(
                  "source_labels",
                  List.of(label(label.getKey())),
                  "regex",
                  label.getValue().asText(),
                  "action",
                  "keep")));
    }
    Manifests.one(FIRST.formatted(name(monitor), endpoint.path("port").asText())).forEach(all::add);
    elements(endpoint, "/relabelings").forEach(own -> all.add(snakeCase(own)));
    return all;
  }

  /** As the discovery of Kubernetes tells of a pod. */
  private JsonNode discovered(Target target) {
    JsonNode deployment = manifests.resource("Deployment", target.deployment());
    Workload workload = new Workload(deployment);
    Map<String, String> labels = new TreeMap<>();
    workload
        .labels()
        .properties()
        .forEach(each -> labels.put(label(each.getKey()), each.getValue().asText()));
    labels.put("__meta_kubernetes_namespace", deployment.at("/metadata/namespace").asText());
    labels.put("__meta_kubernetes_pod_name", target.pod());
    labels.put("__meta_kubernetes_pod_phase", "Running");
    labels.put("__meta_kubernetes_pod_container_name", workload.main().name());
    labels.put(
        "__meta_kubernetes_pod_container_port_name",
        workload.main().manifest().at("/ports/0/name").asText());
    return JSON.valueToTree(Map.of("targets", List.of(target.address()), "labels", labels));
  }

  /** The operator writes the key of a Secret into a file of Prometheus. */
  private static JsonNode tls(JsonNode config, Map<String, Path> secrets) {
    ObjectNode tls = (ObjectNode) snakeCase(config);
    JsonNode secret = tls.remove("ca").path("secret");
    Path folder = secrets.get(secret.path("name").asText());
    tls.put("ca_file", folder.resolve(secret.path("key").asText()).toString());
    return tls;
  }

  private static String label(String name) {
    return LABEL + NO_NAME.matcher(name).replaceAll("_");
  }

  /** The fields of the operator's kinds as Prometheus calls them. */
  private static JsonNode snakeCase(JsonNode camelCase) {
    ObjectNode snakeCase = JSON.createObjectNode();
    camelCase
        .properties()
        .forEach(
            each ->
                snakeCase.set(
                    CAPITAL
                        .matcher(each.getKey())
                        .replaceAll(letter -> "_" + letter.group().toLowerCase(Locale.ROOT)),
                    each.getValue()));
    return snakeCase;
  }

  private static String name(JsonNode monitor) {
    return monitor.at("/metadata/namespace").asText() + '/' + monitor.at("/metadata/name").asText();
  }

  private static void requireKnown(JsonNode object) {
    object
        .properties()
        .forEach(
            each -> {
              if (!KNOWN.contains(each.getKey())) {
                throw new IllegalStateException("Nothing is made of " + each + " here");
              }
            });
  }
}
