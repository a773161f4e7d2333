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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a pod may do, and what it may take: the restricted level of Pod Security, and more. */
final class PodPolicies {
  private static final String API = "Deployment/api-service";
  private static final String WORKER = "Deployment/embedding-worker";
  private static final String GRAPH = "Deployment/graph-service";
  private static final String DATABASE = "StatefulSet/postgresql";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  /** What the restricted level lets a pod mount. */
  private static final Set<String> VOLUMES =
      Set.of("configMap", "emptyDir", "projected", "secret", "persistentVolumeClaim", "ephemeral");

  /** MiB that a node has for each pod without being asked. */
  private static final long FEW = 4096;

  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern POSTGRES = Pattern.compile("/postgres:([0-9]+)");

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
            set(WORKER, CONTAINER + "/env", "[{name: JDK_JAVA_OPTIONS, value: -Xmx80m}]")),
        pods(
            "foldersInMemoryOrOnTheNodeAreBounded",
            pod ->
                elements(pod.pod(), "/volumes").stream()
                    .filter(volume -> volume.has("emptyDir"))
                    .filter(volume -> !volume.path("emptyDir").has("sizeLimit"))
                    .map(JsonNode::toString),
            set(API, POD + "/volumes/-", "{name: more, emptyDir: {}}")),
        pods(
            "whoeverMayFillTheNodesDiskAsksForRoomOnIt",
            pod ->
                unless(
                    folders(pod) <= FEW
                        || pod.main().manifest().at("/resources/requests").has("ephemeral-storage"),
                    "may take " + folders(pod) + " MiB and asks for none"),
            remove(GRAPH, CONTAINER + "/resources/requests/ephemeral-storage"),
            set(API, POD + "/volumes/0", "{name: tmp, emptyDir: {sizeLimit: 5Gi}}")),
        pods(
            "mountsAreOfVolumesThatExist",
            pod ->
                pod.containers().stream()
                    .flatMap(each -> elements(each.manifest(), "/volumeMounts").stream())
                    .map(mount -> mount.path("name").asText())
                    .filter(
                        name ->
                            Stream.concat(
                                    elements(pod.pod(), "/volumes").stream(),
                                    elements(pod.manifest(), "/spec/volumeClaimTemplates").stream()
                                        .map(claim -> claim.path("metadata")))
                                .noneMatch(volume -> volume.path("name").asText().equals(name))),
            set(API, CONTAINER + "/volumeMounts/-", "{name: nothing, mountPath: /nothing}")),
        containers(
            "postgresqlKeepsItsDataWhereItsImageTakesAVolume",
            PodPolicies::misplaced,
            set(DATABASE, CONTAINER + "/volumeMounts/0/mountPath", "/var/lib/postgresql/data"),
            set(DATABASE, CONTAINER + "/volumeMounts/0/mountPath", "/var/lib/postgresql/data/18"),
            set(DATABASE, CONTAINER + "/env/0/value", "/var/lib/elsewhere")));
  }

  /**
   * Since 18 {@code data} is a link in the image, which no runtime mounts a volume over. Data
   * beside the volume would be lost with the pod.
   */
  private static Stream<String> misplaced(Container container) {
    Matcher image = POSTGRES.matcher(container.manifest().path("image").asText());
    if (!image.find() || Integer.parseInt(image.group(1)) < 18) {
      return Stream.empty();
    }
    List<String> mounts =
        elements(container.manifest(), "/volumeMounts").stream()
            .map(mount -> mount.path("mountPath").asText() + "/")
            .toList();
    return Stream.concat(
        mounts.stream().filter(mount -> mount.startsWith("/var/lib/postgresql/data/")),
        unless(
            mounts.stream().anyMatch(container.value("PGDATA")::startsWith),
            "keeps its data in no volume"));
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
    return most.isEmpty() ? 100 : mebibytes(most) * 100 / mebibytes(limit.replace("i", ""));
  }

  /** What a pod's folders on the node may take together, in MiB. */
  private static long folders(Workload pod) {
    return elements(pod.pod(), "/volumes").stream()
        .map(volume -> volume.at("/emptyDir/sizeLimit").asText().replace("i", ""))
        .filter(limit -> !limit.isEmpty())
        .mapToLong(PodPolicies::mebibytes)
        .sum();
  }

  /** Of {@code 512M} or {@code 1G}. */
  private static long mebibytes(String size) {
    long number = Long.parseLong(size.substring(0, size.length() - 1));
    return size.endsWith("G") ? number * 1024 : number;
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
