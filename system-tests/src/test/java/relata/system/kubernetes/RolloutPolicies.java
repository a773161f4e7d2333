package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.containers;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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

  /** Seconds. */
  private static final int LONGEST_HANG = 60;

  /** What each service still does when its requests have ended. */
  private static final Map<String, List<String>> DRAINS =
      Map.of(
          "api-service", List.of("relata.outbox.publish-timeout"),
          "embedding-worker",
              List.of("relata.schedule.shutdown-grace", "relata.outbox.confirm-within"),
          "graph-service", List.of("relata.snapshot.stop-limit"));

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
            "podsGetTheTimeThatTheirDrainTakes",
            pod -> {
              if (!pod.isService()) {
                return Stream.empty();
              }
              long grace = pod.pod().path("terminationGracePeriodSeconds").asLong(30);
              return unless(
                  grace >= drain(pod) + 5, grace + " s for a drain of " + drain(pod) + " s");
            },
            set(WORKER, POD + "/terminationGracePeriodSeconds", "20"),
            set(GRAPH, CONTAINER + "/lifecycle/preStop/sleep/seconds", "60")),
        policy(
            "rolloutsWaitForImportsAndExports",
            manifests ->
                manifests.workloads().stream()
                    .filter(Workload::isService)
                    .filter(pod -> manifests.names("Service").contains(pod.name()))
                    .filter(pod -> requests(pod).toMinutes() < 5)
                    .map(pod -> pod.name() + " waits " + requests(pod).toSeconds() + " s"),
            remove(API, CONTAINER + "/env"),
            remove(GRAPH, CONTAINER + "/env")),
        pods(
            "whatHangsIsRestartedWithoutWaitingForRequests",
            pod ->
                Stream.of("startupProbe", "livenessProbe")
                    .filter(probe -> pod.isService() && graceAfter(pod, probe) > LONGEST_HANG),
            remove(API, CONTAINER + "/livenessProbe/terminationGracePeriodSeconds"),
            remove(GRAPH, CONTAINER + "/startupProbe/terminationGracePeriodSeconds")),
        policy(
            "whoIsCalledGoesOnUntilProxiesHaveHeard",
            manifests ->
                manifests.workloads().stream()
                    .filter(Workload::isService)
                    .filter(pod -> manifests.names("Service").contains(pod.name()))
                    .filter(pod -> preStop(pod) < 5)
                    .map(Workload::name),
            remove(API, CONTAINER + "/lifecycle"),
            set(GRAPH, CONTAINER + "/lifecycle/preStop", "{exec: {command: [sleep, '5']}}")),
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

  /** Seconds that a stop takes at most: as before, requests, and what is in work. */
  private static long drain(Workload pod) {
    Settings settings = Settings.of(pod.name());
    Duration own =
        DRAINS.get(pod.name()).stream()
            .map(name -> settings.time(name, pod.main()))
            .reduce(Duration.ZERO, Duration::plus);
    return preStop(pod) + requests(pod).plus(own).toSeconds();
  }

  /** How long a pod that stops waits for the requests that it has. */
  private static Duration requests(Workload pod) {
    return Settings.of(pod.name()).time("quarkus.shutdown.timeout", pod.main());
  }

  /** Seconds until a container is killed that a probe has given up. */
  private static long graceAfter(Workload pod, String probe) {
    String grace = "terminationGracePeriodSeconds";
    return pod.main().manifest().path(probe).path(grace).asLong(pod.pod().path(grace).asLong(30));
  }

  private static int preStop(Workload pod) {
    return pod.main().manifest().at("/lifecycle/preStop/sleep/seconds").asInt();
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
