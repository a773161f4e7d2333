package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import relata.contracts.Streams;
import relata.system.Project;

/** What production has besides: autoscaling, TLS, and copies of the streams. */
final class ScalingPolicies {
  /** Behind the name of a datasource. */
  private static final String VERIFY_FULL = "reactive.postgresql.ssl-mode=verify-full";

  private static final String WORKER = "ScaledObject/embedding-worker";
  private static final String POD = "/spec/template/spec";
  private static final String RULES = "PrometheusRule/relata";
  private static final String AWAY = "/spec/groups/1/rules/0/expr";

  /** Calls on their way that a model server is taken to stand: four workers with four each. */
  private static final int CALLS = 16;

  private static final Pattern METER = Pattern.compile("(?:embedding|relata)_[a-z_]+");

  private static final Pattern ABSENT = Pattern.compile("absent\\(up");

  private static final Pattern COMMA = Pattern.compile(",");

  private ScalingPolicies() {}

  static List<Policy> all() {
    return Stream.concat(scaling().stream(), transport().stream())
        .map(policy -> policy.in("production"))
        .toList();
  }

  private static List<Policy> scaling() {
    return List.of(
        policy(
            "workersAreNoMoreThanTheModelServerCanTake",
            manifests ->
                triggers(manifests)
                    .filter(
                        each ->
                            each.path("spec").path("maxReplicaCount").asInt(100) * permits()
                                > CALLS)
                    .map(JsonNode::toString),
            set(WORKER, "/spec/maxReplicaCount", "100"),
            remove(WORKER, "/spec/maxReplicaCount")),
        policy(
            "scalingHasAFallback",
            manifests ->
                triggers(manifests)
                    .filter(
                        each ->
                            each.at("/spec/fallback/replicas").asInt() < 2
                                || elements(each, "/spec/triggers").stream()
                                    // The only kind that KEDA has a fallback for in all versions.
                                    .anyMatch(
                                        one ->
                                            !one.path("metricType")
                                                .asText()
                                                .equals("AverageValue")))
                    .map(JsonNode::toString),
            remove(WORKER, "/spec/fallback"),
            set(WORKER, "/spec/triggers/0/metricType", "Value")),
        policy(
            "workersAreScaledByMetersThatTheyHave",
            manifests -> {
              String sources = sources("embedding-worker");
              return triggers(manifests)
                  .flatMap(each -> elements(each, "/spec/triggers").stream())
                  .flatMap(each -> METER.matcher(each.at("/metadata/query").asText()).results())
                  .map(MatchResult::group)
                  .filter(name -> !sources.contains('"' + meter(name) + '"'));
            },
            set(
                WORKER,
                "/spec/triggers/0/metadata/query",
                "max(embedding_oldest_waiting_seconds)")),
        policy(
            "workersAreScaledByTheAgeOfTheOldestAndByTheLagOfTheirConsumer",
            manifests ->
                unless(
                    triggers(manifests)
                        .anyMatch(
                            each -> {
                              JsonNode lag = each.at("/spec/triggers/1/metadata");
                              return each.at("/spec/triggers/0/metadata/query")
                                      .asText()
                                      .contains("embedding_oldest_pending_seconds")
                                  && lag.path("stream").asText().equals(Streams.CONTENT)
                                  && lag.path("consumer").asText().equals(Streams.EMBEDDING_WORKER);
                            }),
                    "by something else"),
            set(WORKER, "/spec/triggers/1/metadata/consumer", "worker"),
            remove(WORKER, "/spec/triggers/1")),
        policy(
            "queriesThatKnowOneInstallationAskForItsNamespace",
            ScalingPolicies::foreign,
            set(WORKER, "/spec/triggers/0/metadata/query", "max(embedding_oldest_pending_seconds)"),
            set(RULES, "/metadata/namespace", "another"),
            set(RULES, AWAY, "absent(up{service=\"api-service\"})")),
        policy(
            "scaledObjectsHaveOnlyFieldsOfKeda",
            manifests -> triggers(manifests).flatMap(each -> strange(each.path("spec"))),
            set(WORKER, "/spec/maxReplicas", "4"),
            set(WORKER, "/spec/triggers/0/query", "up")),
        policy(
            "gatewayIsScaledByCpu",
            manifests ->
                unless(
                    manifests
                        .ofKind("HorizontalPodAutoscaler")
                        .anyMatch(
                            each ->
                                each.at("/spec/scaleTargetRef/name").asText().equals("api-service")
                                    && each.at("/spec/metrics/0/resource/name")
                                        .asText()
                                        .equals("cpu")),
                    "is not"),
            set("HorizontalPodAutoscaler/api-service", "/spec/metrics/0/resource/name", "memory")));
  }

  private static List<Policy> transport() {
    return List.of(
        policy(
            "natsIsSpokenToOverTls",
            manifests ->
                config(manifests, "RELATA_NATS_URL")
                    .flatMap(urls -> Stream.of(COMMA.split(urls, -1)))
                    .filter(url -> !url.startsWith("tls://")),
            set("ConfigMap/relata", "/data/RELATA_NATS_URL", "tls://a:4222,nats://b:4222")),
        pods(
            "databaseShowsWhoItIs",
            pod ->
                unless(
                    !(pod.isService() || pod.isJob())
                        || (isSecured(pod)
                            && pod.containers().stream()
                                .filter(each -> each.name().equals("schema"))
                                .allMatch(
                                    each ->
                                        each.value("RELATA_SCHEMA_URL")
                                            .contains("sslmode=verify-full"))),
                    "is believed"),
            set(
                "Deployment/api-service",
                POD + "/initContainers/0/env/1/value",
                "jdbc:$(RELATA_DATABASE_URL)"),
            set("Deployment/embedding-worker", POD + "/containers/0/env", "[]"),
            set("Deployment/graph-service", POD + "/containers/0/volumeMounts", "[]")),
        policy(
            "whoReadsMetricsOfGraphServiceBelievesWhatItsCallerBelieves",
            manifests ->
                manifests
                    .ofKind("PodMonitor")
                    .flatMap(each -> elements(each, "/spec/podMetricsEndpoints").stream())
                    .filter(each -> each.path("scheme").asText().equals("https"))
                    .map(each -> each.at("/tlsConfig/ca/secret/name").asText())
                    .filter(secret -> !secret.equals("api-service-tls")),
            set(
                "PodMonitor/relata",
                "/spec/podMetricsEndpoints/1/tlsConfig/ca/secret/name",
                "graph-service-tls")),
        policy(
            "graphServiceIsSpokenToOverTls",
            manifests ->
                config(manifests, "RELATA_GRAPH_URL").filter(url -> !url.startsWith("https://")),
            set("ConfigMap/relata", "/data/RELATA_GRAPH_URL", "http://graph-service")),
        pods(
            "servicesThatMeetHaveACertificateOfTheirOwn",
            pod ->
                unless(
                    !Set.of("api-service", "graph-service").contains(pod.name())
                        || (mounts(pod.main(), "/etc/relata/tls")
                            && elements(pod.pod(), "/volumes").stream()
                                .anyMatch(
                                    volume ->
                                        volume
                                            .at("/secret/secretName")
                                            .asText()
                                            .equals(pod.name() + "-tls"))),
                    "has none"),
            set("Deployment/api-service", POD + "/containers/0/volumeMounts", "[]"),
            set("Deployment/graph-service", POD + "/volumes", "[]")),
        pods(
            "probesOfGraphServiceSpeakTls",
            pod ->
                Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                    .filter(_ -> pod.name().equals("graph-service"))
                    .filter(
                        probe ->
                            !pod.main()
                                .manifest()
                                .path(probe)
                                .at("/httpGet/scheme")
                                .asText()
                                .equals("HTTPS")),
            set(
                "Deployment/graph-service",
                POD + "/containers/0/livenessProbe/httpGet/scheme",
                "HTTP")),
        pods(
            "streamsHaveThreeCopies",
            pod ->
                unless(
                    !(pod.isService() || pod.isJob())
                        || pod.main().variables().contains("RELATA_OUTBOX_STREAM_REPLICAS"),
                    "has one"),
            set("Deployment/embedding-worker", POD + "/containers/0/env", "[]"),
            set("Deployment/graph-service", POD + "/containers/0/env", "[]")),
        policy(
            "copiesAreThree",
            manifests ->
                config(manifests, "RELATA_OUTBOX_STREAM_REPLICAS")
                    .filter(number -> !number.equals("3")),
            set("ConfigMap/relata", "/data/RELATA_OUTBOX_STREAM_REPLICAS", "'1'")));
  }

  /** In the profile that it runs in, whose settings TlsIT tries. */
  private static boolean isSecured(Workload pod) {
    Settings settings = Settings.of(pod.module());
    return pod.main().isSet("QUARKUS_PROFILE", "prod,tls")
        && mounts(pod.main(), "/etc/relata/ca")
        && settings.datasources().stream()
            .allMatch(source -> settings.isSet("%tls." + source + VERIFY_FULL));
  }

  private static boolean mounts(Container container, String folder) {
    return elements(container.manifest(), "/volumeMounts").stream()
        .anyMatch(mount -> mount.path("mountPath").asText().equals(folder));
  }

  /** What is asked of every installation that Prometheus knows. */
  private static Stream<String> foreign(Manifests manifests) {
    Stream<String> asked =
        triggers(manifests)
            .flatMap(
                each ->
                    elements(each, "/spec/triggers").stream()
                        .map(one -> one.at("/metadata/query").asText())
                        .flatMap(query -> METER.splitAsStream(query).skip(1))
                        .filter(rest -> !rest.startsWith(selector(each))));
    Stream<String> missed =
        manifests
            .ofKind("PrometheusRule")
            .flatMap(
                each ->
                    each.findValuesAsText("expr").stream()
                        .flatMap(expression -> ABSENT.splitAsStream(expression).skip(1))
                        .filter(rest -> !rest.startsWith(selector(each))));
    return Stream.concat(asked, missed);
  }

  private static String selector(JsonNode resource) {
    return "{namespace=\"" + resource.at("/metadata/namespace").asText() + '"';
  }

  private static Stream<JsonNode> triggers(Manifests manifests) {
    return manifests.ofKind("ScaledObject");
  }

  private static Stream<String> config(Manifests manifests, String key) {
    return manifests
        .ofKind("ConfigMap")
        .map(each -> each.path("data"))
        .filter(each -> each.has(key))
        .map(each -> each.path(key).asText());
  }

  /** Fields as https://keda.sh/docs/latest/reference/scaledobject-spec/ has them. */
  private static Stream<String> strange(JsonNode spec) {
    Set<String> known =
        Set.of(
            "scaleTargetRef",
            "pollingInterval",
            "cooldownPeriod",
            "initialCooldownPeriod",
            "idleReplicaCount",
            "minReplicaCount",
            "maxReplicaCount",
            "fallback",
            "advanced",
            "triggers");
    Set<String> ofTriggers =
        Set.of("type", "name", "metricType", "metadata", "useCachedMetrics", "authenticationRef");
    return Stream.concat(
        spec.properties().stream().map(Map.Entry::getKey).filter(name -> !known.contains(name)),
        elements(spec, "/triggers").stream()
            .flatMap(each -> each.properties().stream())
            .map(Map.Entry::getKey)
            .filter(name -> !ofTriggers.contains(name)));
  }

  /**
   * As Micrometer writes it for Prometheus: dots become underscores, and the unit ends the name.
   */
  private static String meter(String prometheus) {
    return prometheus.replaceFirst("_(seconds|total)$", "").replace('_', '.');
  }

  private static int permits() {
    return Settings.of("embedding-worker").number("relata.gate.permits");
  }

  private static String sources(String module) {
    try (Stream<Path> files = Files.walk(Project.module(module).resolve("src/main/java"))) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
      return all.toString();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
