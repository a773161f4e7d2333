package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is scraped is what rules and dashboards ask for. */
final class MonitoringPolicies {
  private static final String ENDPOINT = "/spec/podMetricsEndpoints/";

  /** From Prometheus and its operator, whatever a PodMonitor says. */
  private static final Set<String> GIVEN =
      Set.of("namespace", "pod", "container", "endpoint", "job", "instance");

  /** The services' own. AlertsIT sees that they have them. */
  private static final Set<String> OF_METERS =
      Set.of(
          "certificate",
          "class",
          "consumer",
          "from",
          "lane",
          "le",
          "method",
          "mode",
          "outcome",
          "part",
          "status",
          "uri");

  private static final Pattern MATCHED = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Pattern GROUPED =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)");
  private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
  private static final Pattern RANGE = Pattern.compile("\\[(\\d+)m]");

  private MonitoringPolicies() {}

  static List<Policy> all() {
    return List.of(
        policy(
            "whatIsScrapedHasTheLabelsThatRulesAndDashboardsGoBy",
            manifests -> {
              Set<String> unknown = labels(manifests);
              unknown.removeAll(GIVEN);
              unknown.removeAll(OF_METERS);
              unknown.removeAll(made(manifests));
              return unknown.stream();
            },
            set("PodMonitor/relata", ENDPOINT + "0/relabelings/1/targetLabel", "name"),
            set("PodMonitor/relata", ENDPOINT + "1/relabelings/1/targetLabel", "name"),
            set("PrometheusRule/relata", "/spec/groups/0/rules/0/expr", "'up{app=\"x\"}'"),
            set("PrometheusRule/relata", "/spec/groups/0/rules/0/expr", "max by (le, app) (up)"),
            set(
                "PrometheusRule/relata",
                "/spec/groups/1/rules/0/annotations/summary",
                "'{{ $labels.app }} is away'"),
            set(
                "ConfigMap/relata-grafana",
                "/data/relata.json",
                "'{\"panels\": [{\"legendFormat\": \"{{app}}\"}]}'")),
        policy(
            "ratesAreOfFourScrapesAtLeast",
            manifests -> {
              Set<Long> ranges =
                  RANGE
                      .matcher(String.join(" ", expressions(manifests)))
                      .results()
                      .map(found -> Duration.ofMinutes(Long.parseLong(found.group(1))).toSeconds())
                      .collect(Collectors.toSet());
              return endpoints(manifests)
                  .map(each -> Duration.parse("PT" + each.path("interval").asText()))
                  .filter(every -> ranges.stream().anyMatch(range -> range < 4 * every.toSeconds()))
                  .map(Duration::toString);
            },
            set("PodMonitor/relata", ENDPOINT + "1/interval", "2m")));
  }

  /** Those that every endpoint gives its targets. */
  private static Set<String> made(Manifests manifests) {
    return endpoints(manifests)
        .map(
            each ->
                elements(each, "/relabelings").stream()
                    .map(one -> one.path("targetLabel").asText())
                    .collect(Collectors.toSet()))
        .reduce(
            (one, other) -> {
              Set<String> both = new HashSet<>(one);
              both.retainAll(other);
              return both;
            })
        .orElse(Set.of());
  }

  private static Set<String> labels(Manifests manifests) {
    Set<String> labels = new TreeSet<>();
    for (String expression : expressions(manifests)) {
      MATCHED.matcher(expression).results().forEach(found -> labels.add(found.group(1)));
      GROUPED
          .matcher(expression)
          .results()
          .flatMap(found -> COMMA.splitAsStream(found.group(1).strip()))
          .filter(label -> !label.isEmpty())
          .forEach(labels::add);
    }
    for (JsonNode each : sources(manifests).toList()) {
      Stream.of("legendFormat", "summary")
          .flatMap(field -> each.findValuesAsText(field).stream())
          .flatMap(text -> SHOWN.matcher(text).results())
          .forEach(found -> labels.add(found.group(1)));
    }
    return labels;
  }

  private static List<String> expressions(Manifests manifests) {
    return sources(manifests)
        .flatMap(
            each ->
                Stream.of("expr", "query").flatMap(field -> each.findValuesAsText(field).stream()))
        .toList();
  }

  /** Rules and dashboards. */
  private static Stream<JsonNode> sources(Manifests manifests) {
    return Stream.concat(
        manifests.ofKind("PrometheusRule"),
        manifests
            .ofKind("ConfigMap")
            .filter(each -> each.at("/metadata/labels").has("grafana_dashboard"))
            .flatMap(each -> elements(each, "/data").stream())
            .map(file -> Manifests.one(file.asText())));
  }

  private static Stream<JsonNode> endpoints(Manifests manifests) {
    return manifests
        .ofKind("PodMonitor")
        .flatMap(each -> elements(each, "/spec/podMetricsEndpoints").stream());
  }
}
