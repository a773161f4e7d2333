package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.containers;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** How pods come and go without a lost request. */
final class RolloutPolicies {
  private static final String API = "Deployment/api-service";
  private static final String WORKER = "Deployment/embedding-worker";
  private static final String GRAPH = "Deployment/graph-service";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";
  private static final List<String> PROBES =
      List.of("startupProbe", "livenessProbe", "readinessProbe");

  private RolloutPolicies() {}

  static List<Policy> all() {
    return List.of(
        pods(
            "podsThatStayAreProbedInThreeWays",
            pod ->
                PROBES.stream().filter(probe -> !pod.isJob() && !pod.main().manifest().has(probe)),
            remove(API, CONTAINER + "/startupProbe"),
            remove("StatefulSet/ollama", CONTAINER + "/readinessProbe")),
        containers(
            "probesAskAtPortsThatExist",
            each ->
                PROBES.stream()
                    .map(probe -> each.manifest().path(probe).at("/httpGet/port"))
                    .filter(port -> !port.isMissingNode())
                    .filter(
                        port ->
                            elements(each.manifest(), "/ports").stream()
                                .noneMatch(known -> known.path("name").equals(port)))
                    .map(JsonNode::toString),
            set(API, CONTAINER + "/livenessProbe/httpGet/port", "9000")),
        pods(
            "livenessOfServicesAsksForNoDependency",
            pod ->
                unless(
                    !pod.isService()
                        || pod.main()
                            .manifest()
                            .at("/livenessProbe/httpGet/path")
                            .asText()
                            .equals("/q/health/live"),
                    "asks for more"),
            set(WORKER, CONTAINER + "/livenessProbe/httpGet/path", "/q/health/ready")),
        pods(
            "startsMayTakeAMinute",
            pod -> {
              JsonNode probe = pod.main().manifest().path("startupProbe");
              int seconds =
                  probe.path("periodSeconds").asInt() * probe.path("failureThreshold").asInt();
              return unless(pod.isJob() || seconds >= 60, "has " + seconds + " s");
            },
            set(API, CONTAINER + "/startupProbe/failureThreshold", "3")),
        pods(
            "rolloutsTakeNothingAwayBeforeItIsReplaced",
            pod ->
                unless(
                    !pod.isService()
                        || pod.manifest()
                                .at("/spec/strategy/rollingUpdate/maxUnavailable")
                                .asInt(-1)
                            == 0,
                    "takes one away"),
            set(API, "/spec/strategy/rollingUpdate/maxUnavailable", "1"),
            set(WORKER, "/spec/strategy", "{type: Recreate}")),
        policy(
            "servicesHaveTwoReplicasAtLeast",
            RolloutPolicies::lonely,
            set(GRAPH, "/spec/replicas", "1"),
            set("ScaledObject/embedding-worker", "/spec/minReplicaCount", "1")),
        policy(
                "autoscaledDeploymentsNameNoNumber",
                manifests ->
                    Scaling.of(manifests).stream()
                        .map(Scaling::target)
                        .filter(
                            name ->
                                manifests.resource("Deployment", name).at("/spec").has("replicas")),
                set(API, "/spec/replicas", "2"))
            .in("production"),
        pods(
            "replicasAreSpreadOverNodes",
            pod -> unless(!pod.isService() || isSpread(pod, "kubernetes.io/hostname"), "are not"),
            set(API, POD + "/topologySpreadConstraints", "[]")),
        pods(
                "replicasAreSpreadOverZones",
                pod ->
                    unless(
                        !pod.isService()
                            || (isSpread(pod, "topology.kubernetes.io/zone")
                                && waitsForNoTaintedNode(pod)),
                        "are not, or wait for a zone that is lost"),
                remove(WORKER, POD + "/topologySpreadConstraints/0"),
                remove(GRAPH, POD + "/topologySpreadConstraints/0/nodeTaintsPolicy"))
            .in("production"),
        policy(
            "nodesCanBeDrained",
            RolloutPolicies::undrainable,
            set(
                "PodDisruptionBudget/api-service",
                "/spec/unhealthyPodEvictionPolicy",
                "IfHealthyBudget"),
            set("PodDisruptionBudget/graph-service", "/spec/maxUnavailable", "0"),
            set("PodDisruptionBudget/embedding-worker", "/spec/selector/matchLabels", "{a: b}")),
        policy(
            "selectorsFindTheirOwnPodsAlone",
            RolloutPolicies::astray,
            set("Service/graph-service", "/spec/selector", "{app.kubernetes.io/part-of: relata}"),
            set("Service/api-service", "/spec/selector", "{app.kubernetes.io/name: api}"),
            set("Service/api-service", "/spec/ports/0/targetPort", "web")),
        pods(
                "whatIsKeptHasAClaim",
                pod ->
                    unless(
                        !pod.kind().equals("StatefulSet")
                            || pod.manifest().at("/spec").has("volumeClaimTemplates"),
                        "keeps nothing"),
                remove("StatefulSet/postgresql", "/spec/volumeClaimTemplates"))
            .in("local"),
        containers(
            "imagesAreOfOneVersionEach",
            each ->
                unless(
                    each.manifest()
                        .path("image")
                        .asText()
                        .matches(".+:(?!latest$)[^:/]*[0-9][^:/]*|.+@sha256:.+"),
                    each.manifest().path("image").asText()),
            set(API, CONTAINER + "/image", "relata/api-service:latest"),
            set(API, CONTAINER + "/image", "relata/api-service")),
        policy(
            "imagesOfRelataAreOfOneVersion",
            manifests ->
                unless(
                    manifests.workloads().stream()
                            .flatMap(pod -> pod.containers().stream())
                            .map(each -> each.manifest().path("image").asText())
                            .filter(image -> image.contains("relata/"))
                            .map(image -> image.substring(image.lastIndexOf(':')))
                            .distinct()
                            .count()
                        == 1,
                    "several versions"),
            set(WORKER, CONTAINER + "/image", "relata/embedding-worker:0.9")),
        policy(
            "backfillRunsOnlyWhenItIsAsked",
            manifests ->
                manifests
                    .ofKind("CronJob")
                    .filter(
                        each ->
                            !each.at("/spec/suspend").asBoolean()
                                || !each.at("/spec/jobTemplate/spec/template/spec/restartPolicy")
                                    .asText()
                                    .equals("Never"))
                    .map(each -> each.at("/metadata/name").asText()),
            set("CronJob/backfill", "/spec/suspend", "false")));
  }

  private static Stream<String> lonely(Manifests manifests) {
    Map<String, Integer> scaled = Scaling.leastByTarget(manifests);
    return manifests.workloads().stream()
        .filter(Workload::isService)
        .filter(
            pod ->
                scaled.getOrDefault(pod.name(), pod.manifest().at("/spec/replicas").asInt(1)) < 2)
        .map(Workload::name);
  }

  private static boolean isSpread(Workload pod, String over) {
    return elements(pod.pod(), "/topologySpreadConstraints").stream()
        .filter(each -> each.path("topologyKey").asText().equals(over))
        .anyMatch(each -> isSelectedBy(each.at("/labelSelector/matchLabels"), pod));
  }

  /** By default nodes that take no pods count as places that lack one. */
  private static boolean waitsForNoTaintedNode(Workload pod) {
    return elements(pod.pod(), "/topologySpreadConstraints").stream()
        .filter(each -> each.path("whenUnsatisfiable").asText().equals("DoNotSchedule"))
        .allMatch(each -> each.path("nodeTaintsPolicy").asText().equals("Honor"));
  }

  private static Stream<String> undrainable(Manifests manifests) {
    return manifests.workloads().stream()
        .filter(Workload::isService)
        .filter(
            pod ->
                manifests
                    .ofKind("PodDisruptionBudget")
                    .map(budget -> budget.path("spec"))
                    .filter(spec -> isSelectedBy(spec.at("/selector/matchLabels"), pod))
                    .noneMatch(
                        spec ->
                            spec.path("maxUnavailable").asInt() > 0
                                && spec.path("unhealthyPodEvictionPolicy")
                                    .asText()
                                    .equals("AlwaysAllow")))
        .map(Workload::name);
  }

  private static Stream<String> astray(Manifests manifests) {
    return manifests
        .ofKind("Service")
        .filter(
            service -> {
              List<Workload> found =
                  manifests.workloads().stream()
                      .filter(pod -> isSelectedBy(service.at("/spec/selector"), pod))
                      .toList();
              return found.size() != 1
                  || elements(service, "/spec/ports").stream()
                      .anyMatch(port -> !hasPort(found.getFirst(), port.path("targetPort")));
            })
        .map(service -> service.at("/metadata/name").asText());
  }

  private static boolean hasPort(Workload pod, JsonNode name) {
    return elements(pod.main().manifest(), "/ports").stream()
        .anyMatch(port -> port.path("name").equals(name));
  }

  private static boolean isSelectedBy(JsonNode labels, Workload pod) {
    Set<Map.Entry<String, JsonNode>> wanted = labels.properties();
    return !wanted.isEmpty()
        && wanted.stream()
            .allMatch(each -> each.getValue().equals(pod.labels().path(each.getKey())));
  }
}
