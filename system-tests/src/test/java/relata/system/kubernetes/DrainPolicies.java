package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Policy.pods;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How long pods have to end, and for whom they wait (ADR 37). */
final class DrainPolicies {
  private static final String API = "Deployment/api-service";
  private static final String WORKER = "Deployment/embedding-worker";
  private static final String GRAPH = "Deployment/graph-service";
  private static final String POD = "/spec/template/spec";
  private static final String CONTAINER = POD + "/containers/0";

  /** Seconds. */
  private static final int LONGEST_HANG = 60;

  /** What each service still does when its requests have ended. */
  private static final Map<String, List<String>> DRAINS =
      Map.of(
          "api-service", List.of("relata.outbox.publish-timeout"),
          "embedding-worker",
              List.of("relata.schedule.shutdown-grace", "relata.outbox.confirm-within"),
          "graph-service", List.of("relata.snapshot.stop-limit"));

  private DrainPolicies() {}

  static List<Policy> all() {
    return List.of(
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
                called(manifests)
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
            manifests -> called(manifests).filter(pod -> preStop(pod) < 5).map(Workload::name),
            remove(API, CONTAINER + "/lifecycle"),
            set(GRAPH, CONTAINER + "/lifecycle/preStop", "{exec: {command: [sleep, '5']}}")));
  }

  /** The pods that others send requests to. */
  private static Stream<Workload> called(Manifests manifests) {
    return manifests.workloads().stream()
        .filter(Workload::isService)
        .filter(pod -> manifests.names("Service").contains(pod.name()));
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
}
