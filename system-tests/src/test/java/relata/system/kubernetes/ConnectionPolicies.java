package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.add;
import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** PostgreSQL takes the connections of all that may run at once. */
final class ConnectionPolicies {
  private static final String SERVER = "StatefulSet/postgresql";
  private static final String CONTAINER = "/spec/template/spec/containers/0";

  /** Of a dump, of whoever looks, and the three that are kept for superusers. */
  private static final int OTHERS = 10;

  /** As PostgreSQL has it where nothing is said. */
  private static final int BY_DEFAULT = 100;

  /** What a connection of a service has of its own (Pss_Anon): 2 to 6 MiB were seen. */
  private static final long MEBIBYTES_EACH = 6;

  private ConnectionPolicies() {}

  static List<Policy> all() {
    return List.of(
        policy(
            "postgresTakesConnectionsOfTwoReleases",
            manifests ->
                servers(manifests)
                    .filter(server -> connections(server) < needed(manifests))
                    .map(server -> connections(server) + " connections of " + needed(manifests)),
            set(SERVER, CONTAINER + "/args/3", "max_connections=150"),
            remove(SERVER, CONTAINER + "/args/3"),
            set("Deployment/api-service", "/spec/replicas", "3"),
            add(
                """
                {kind: HorizontalPodAutoscaler, spec:
                  {scaleTargetRef: {name: api-service}, maxReplicas: 6}}
                """)),
        pods(
            "postgresHasMemoryForItsConnections",
            pod ->
                unless(
                    !isServer(pod)
                        || memory(pod) >= shared(pod) + MEBIBYTES_EACH * connections(pod),
                    "has too little"),
            set(SERVER, CONTAINER + "/resources/limits/memory", "1Gi"),
            set(SERVER, CONTAINER + "/args/3", "max_connections=400"),
            set(SERVER, CONTAINER + "/args/1", "shared_buffers=512MB")));
  }

  /**
   * What all pools may have together while a release is replaced: pods that stop keep theirs for as
   * long as they have requests, so each replica is there twice. A pod's schema container has one or
   * two and is gone before the pools behind it open theirs. One backfill runs at a time.
   */
  static int needed(Manifests manifests) {
    Map<String, Integer> most = Scaling.mostByTarget(manifests);
    return OTHERS
        + manifests.workloads().stream()
            .filter(pod -> pod.isService() || pod.isJob())
            .mapToInt(pod -> atOnce(pod, most) * Settings.of(pod.module()).connections())
            .sum();
  }

  private static int atOnce(Workload pod, Map<String, Integer> most) {
    JsonNode replicas = pod.manifest().at("/spec/replicas");
    return pod.isJob() ? 1 : 2 * most.getOrDefault(pod.name(), replicas.asInt(1));
  }

  private static Stream<Workload> servers(Manifests manifests) {
    return manifests.workloads().stream().filter(ConnectionPolicies::isServer);
  }

  private static boolean isServer(Workload pod) {
    return pod.name().equals("postgresql");
  }

  private static int connections(Workload server) {
    return argument(server, "max_connections=").map(Integer::parseInt).orElse(BY_DEFAULT);
  }

  private static long shared(Workload server) {
    return Manifests.mebibytes(argument(server, "shared_buffers=").orElseThrow().replace("B", ""));
  }

  private static long memory(Workload server) {
    return Manifests.mebibytes(server.main().manifest().at("/resources/limits/memory").asText());
  }

  private static Optional<String> argument(Workload server, String start) {
    return elements(server.main().manifest(), "/args").stream()
        .map(JsonNode::asText)
        .filter(argument -> argument.startsWith(start))
        .map(argument -> argument.substring(start.length()))
        .findFirst();
  }
}
