package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Manifests.mebibytes;
import static relata.system.kubernetes.Policy.containers;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a pod may do, and what it may take: the restricted level of Pod Security, and more. */
final class PodPolicies {
  private static final String API = "Deployment/api-service";
  private static final String WORKER = "Deployment/embedding-worker";
  private static final String GRAPH = "Deployment/graph-service";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  /** What the restricted level lets a pod mount. */
  private static final Set<String> VOLUMES =
      Set.of("configMap", "emptyDir", "projected", "secret", "persistentVolumeClaim", "ephemeral");

  private static final Pattern SPACE = Pattern.compile(" ");

  private PodPolicies() {}

  static List<Policy> all() {
    return Stream.concat(rights().stream(), resources().stream()).toList();
  }

  private static List<Policy> rights() {
    return List.of(
        pods(
            "podsAreNotRoot",
            pod ->
                unless(
                    pod.pod().at("/securityContext/runAsNonRoot").asBoolean()
                        && pod.pod().at("/securityContext/runAsUser").asInt() > 0
                        && pod.containers().stream()
                            .noneMatch(
                                each -> each.manifest().at("/securityContext").has("runAsUser")),
                    "may be root"),
            set(API, POD + "/securityContext/runAsNonRoot", "false"),
            set(API, POD + "/securityContext/runAsUser", "0"),
            set(WORKER, POD + "/initContainers/0/securityContext/runAsUser", "0")),
        pods(
            "podsAreConfinedBySeccomp",
            pod ->
                unless(
                    pod.pod()
                        .at("/securityContext/seccompProfile/type")
                        .asText()
                        .equals("RuntimeDefault"),
                    "has no profile"),
            remove(API, POD + "/securityContext/seccompProfile")),
        containers(
            "containersGainNoPrivileges",
            each ->
                unless(
                    !each.manifest().at("/securityContext/allowPrivilegeEscalation").asBoolean(true)
                        && !each.manifest().at("/securityContext/privileged").asBoolean(false),
                    "may gain some"),
            remove(API, CONTAINER + "/securityContext/allowPrivilegeEscalation"),
            set(WORKER, CONTAINER + "/securityContext/privileged", "true")),
        containers(
            "containersHaveNoCapabilities",
            each ->
                unless(
                    each.manifest()
                        .at("/securityContext/capabilities")
                        .toString()
                        .equals("{\"drop\":[\"ALL\"]}"),
                    "has some"),
            set(API, CONTAINER + "/securityContext/capabilities/add", "[NET_ADMIN]"),
            remove(WORKER, POD + "/initContainers/0/securityContext/capabilities/drop")),
        containers(
            "containersCannotWriteTheirImage",
            each ->
                unless(
                    each.manifest().at("/securityContext/readOnlyRootFilesystem").asBoolean(),
                    "can"),
            set(
                "StatefulSet/nats",
                CONTAINER + "/securityContext/readOnlyRootFilesystem",
                "false")),
        pods(
            "podsShareNothingWithTheirNode",
            pod ->
                unless(
                    Stream.of("hostNetwork", "hostPID", "hostIPC")
                            .noneMatch(field -> pod.pod().path(field).asBoolean())
                        && !pod.pod().toString().contains("hostPort"),
                    "shares"),
            set(API, POD + "/hostNetwork", "true"),
            set(API, CONTAINER + "/ports/0/hostPort", "80")),
        pods(
            "podsMountOnlyWhatIsTheirs",
            pod ->
                elements(pod.pod(), "/volumes").stream()
                    .flatMap(
                        volume ->
                            unless(
                                volume.properties().stream()
                                    .allMatch(
                                        field ->
                                            field.getKey().equals("name")
                                                || VOLUMES.contains(field.getKey())),
                                volume.toString())),
            set(API, POD + "/volumes/0", "{name: tmp, hostPath: {path: /}}")),
        policy(
            "podsHaveAnAccountOfTheirOwnAndNoToken",
            PodPolicies::tokens,
            set(API, POD + "/automountServiceAccountToken", "true"),
            remove(WORKER, POD + "/serviceAccountName"),
            set("ServiceAccount/graph-service", "/automountServiceAccountToken", "true")),
        pods(
            "podsKnowNothingOfOtherServices",
            pod -> unless(!pod.pod().path("enableServiceLinks").asBoolean(true), "get links"),
            remove(API, POD + "/enableServiceLinks")),
        policy(
            "namespaceRefusesWhatIsNotRestricted",
            manifests ->
                unless(
                    manifests
                        .ofKind("Namespace")
                        .anyMatch(
                            each ->
                                each.at("/metadata/labels")
                                    .path("pod-security.kubernetes.io/enforce")
                                    .asText()
                                    .equals("restricted")),
                    "no namespace does"),
            set(
                "Namespace/relata",
                "/metadata/labels",
                "{pod-security.kubernetes.io/enforce: baseline}")),
        policy(
            "everythingIsInTheNamespace",
            manifests ->
                manifests.resources().stream()
                    .filter(each -> !each.path("kind").asText().equals("Namespace"))
                    .filter(each -> !each.at("/metadata/namespace").asText().equals("relata"))
                    .map(each -> each.at("/metadata/name").asText()),
            remove(API, "/metadata/namespace")));
  }

  private static Stream<String> tokens(Manifests manifests) {
    return manifests.workloads().stream()
        .flatMap(
            pod -> {
              String account = pod.pod().path("serviceAccountName").asText();
              boolean known =
                  manifests
                      .ofKind("ServiceAccount")
                      .filter(each -> each.at("/metadata/name").asText().equals(account))
                      .anyMatch(each -> !each.path("automountServiceAccountToken").asBoolean(true));
              boolean mounted = pod.pod().path("automountServiceAccountToken").asBoolean(true);
              return unless(known && !mounted, pod.name());
            });
  }

  private static List<Policy> resources() {
    return List.of(
        containers(
            "containersSayWhatTheyNeed",
            each ->
                unless(
                    each.manifest().at("/resources/requests").has("cpu")
                        && each.manifest().at("/resources/requests").has("memory"),
                    "does not"),
            remove(API, CONTAINER + "/resources/requests/cpu"),
            remove(WORKER, POD + "/initContainers/0/resources/requests")),
        containers(
            "containersHaveAMemoryLimitAndNoCpuLimit",
            each ->
                unless(
                    each.manifest().at("/resources/limits").has("memory")
                        && !each.manifest().at("/resources/limits").has("cpu"),
                    "has others"),
            remove(API, CONTAINER + "/resources/limits/memory"),
            set(API, CONTAINER + "/resources/limits/cpu", "'1'")),
        containers(
            "containersAskForNoGpu",
            each -> unless(!each.manifest().path("resources").toString().contains("gpu"), "does"),
            set(WORKER, CONTAINER + "/resources/limits/nvidia.com~1gpu", "1")),
        pods(
            "workerKeepsItsBar",
            pod ->
                unless(
                    !Set.of("embedding-worker", "backfill").contains(pod.name())
                        || (pod.main()
                                .manifest()
                                .at("/resources/limits")
                                .equals(Manifests.one("{memory: 256Mi}"))
                            && request(pod, "cpu") == 10
                            && request(pod, "memory") == 64),
                    "asks for something else"),
            set(WORKER, CONTAINER + "/resources/limits/memory", "512Mi"),
            set(WORKER, CONTAINER + "/resources/requests/cpu", "100m"),
            set(WORKER, POD + "/initContainers/0/resources/requests/cpu", "50m"),
            set(WORKER, POD + "/initContainers/0/resources/requests/memory", "96Mi")),
        pods(
            "heapsLeaveRoomWithinTheLimit",
            pod ->
                unless(
                    !(pod.isService() || pod.isJob()) || heapPercent(pod.main()) <= 50,
                    "more than half is heap"),
            set(
                WORKER,
                CONTAINER + "/env",
                "[{name: JDK_JAVA_OPTIONS, value: -Xmx200m -XX:+ExitOnOutOfMemoryError}]"),
            set(
                API,
                CONTAINER + "/env",
                "[{name: JDK_JAVA_OPTIONS, value: -XX:MaxRAMPercentage=80}]")),
        policy(
            "indexesAreRefusedBeforeTheMemoryOfGraphServiceEnds",
            manifests -> {
              Container graph = manifests.container("graph-service");
              long percent = heapPercent(graph) + indexPercent(graph);
              return unless(percent <= 90, "heap and indexes may take " + percent + " %");
            },
            set(
                GRAPH,
                CONTAINER + "/env",
                "[{name: JDK_JAVA_OPTIONS, value: -XX:MaxRAMPercentage=40}]"),
            set(GRAPH, CONTAINER + "/resources/limits/memory", "1Gi")),
        pods(
            "servicesEndWhenTheirHeapIsFull",
            pod ->
                unless(
                    !(pod.isService() || pod.isJob())
                        || pod.main()
                            .value("JDK_JAVA_OPTIONS")
                            .contains("-XX:+ExitOnOutOfMemoryError"),
                    "would go on"),
            set(WORKER, CONTAINER + "/env", "[{name: JDK_JAVA_OPTIONS, value: -Xmx80m}]")));
  }

  /**
   * What a node must have left for a pod, in {@code m} or {@code Mi}: its containers together, or
   * the largest of those that run before them.
   */
  private static long request(Workload pod, String resource) {
    String field = "/resources/requests/" + resource;
    long together =
        elements(pod.pod(), "/containers").stream()
            .mapToLong(each -> Long.parseLong(each.at(field).asText().replaceAll("m|Mi", "")))
            .sum();
    return elements(pod.pod(), "/initContainers").stream()
        .mapToLong(each -> Long.parseLong(each.at(field).asText().replaceAll("m|Mi", "")))
        .reduce(together, Math::max);
  }

  /** How much of the container's memory all indexes may take; all of it if nothing bounds them. */
  private static long indexPercent(Container container) {
    String most = container.value("RELATA_GENERATION_MEMORY_LIMIT");
    String limit = container.manifest().at("/resources/limits/memory").asText();
    return most.isEmpty() ? 100 : mebibytes(most) * 100 / mebibytes(limit);
  }

  /** How much of the container's memory the heap may take. */
  private static long heapPercent(Container container) {
    for (String option : SPACE.split(container.value("JDK_JAVA_OPTIONS"), -1)) {
      if (option.startsWith("-XX:MaxRAMPercentage=")) {
        return Long.parseLong(option.substring(option.indexOf('=') + 1));
      }
      if (option.matches("-Xmx[0-9]+m")) {
        String limit = container.manifest().at("/resources/limits/memory").asText();
        long megabytes = Long.parseLong(limit.replace("Mi", ""));
        return Long.parseLong(option.substring(4, option.length() - 1)) * 100 / megabytes;
      }
    }
    return 100;
  }
}
