package relata.system.kubernetes;

import static relata.system.kubernetes.Damage.add;
import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;
import static relata.system.kubernetes.Manifests.elements;
import static relata.system.kubernetes.Policy.policy;
import static relata.system.kubernetes.Policy.unless;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who reaches whom: what is listed, and nothing else. */
final class FlowPolicies {
  private static final int OLLAMA = 11434;

  private FlowPolicies() {}

  static List<Policy> all() {
    return List.of(
        policy(
            "whatNobodyAllowedIsDenied",
            manifests ->
                unless(
                    manifests
                        .ofKind("NetworkPolicy")
                        .map(each -> each.path("spec"))
                        .anyMatch(
                            spec ->
                                spec.equals(
                                    Manifests.one(
                                        "{podSelector: {}, policyTypes: [Ingress, Egress]}"))),
                    "all pods are open"),
            set("NetworkPolicy/deny", "/spec/policyTypes", "[Ingress]"),
            set("NetworkPolicy/deny", "/spec/podSelector", "{matchLabels: {a: b}}"),
            set("NetworkPolicy/deny", "/spec/egress", "[{}]")),
        listed("production"),
        listed("local"),
        policy(
            "modelServerIsReachedByTheWorkerAlone",
            manifests ->
                strangers(
                    manifests,
                    flow -> flow.port() == OLLAMA || flow.to().equals("ollama"),
                    Set.of("embedding-worker", "backfill")),
            open("api-service", "ollama", OLLAMA),
            open("graph-service", "ollama", OLLAMA),
            set("NetworkPolicy/to-ollama-elsewhere", "/spec/podSelector", "{}")),
        policy(
            "graphServiceIsReachedByTheGatewayAlone",
            manifests ->
                strangers(
                    manifests,
                    flow -> flow.to().equals("graph-service"),
                    Set.of("api-service", "relata/monitoring")),
            open("embedding-worker", "graph-service", 8082),
            set(
                "NetworkPolicy/graph-service",
                "/spec/ingress/0/from/1/namespaceSelector/matchLabels",
                "{relata/gateway: 'true'}")),
        policy(
            "databaseIsReachedByTheServicesAlone",
            manifests ->
                strangers(
                    manifests,
                    flow -> flow.port() == 5432,
                    Set.of("api-service", "embedding-worker", "graph-service", "backfill")),
            set(
                "NetworkPolicy/postgresql",
                "/spec/ingress/0/from",
                "[{namespaceSelector: {matchLabels: {a: b}}}]")),
        policy(
            "everybodyMayAskForNames",
            manifests ->
                manifests.workloads().stream()
                    .map(Workload::name)
                    .filter(name -> !Flow.of(manifests).contains(new Flow(name, "kube-dns", 53))),
            remove("NetworkPolicy/names", "/spec/egress/0/ports")),
        policy(
            "noRuleIsForEverybody",
            manifests ->
                manifests
                    .ofKind("NetworkPolicy")
                    .filter(
                        each ->
                            elements(each, "/spec/ingress").stream()
                                    .anyMatch(rule -> !rule.has("from"))
                                || elements(each, "/spec/egress").stream()
                                    .anyMatch(rule -> !rule.has("to")))
                    .map(each -> each.at("/metadata/name").asText()),
            remove("NetworkPolicy/graph-service", "/spec/ingress/0/from"),
            remove("NetworkPolicy/to-ollama", "/spec/egress/0/to")),
        policy(
            "internetIsReachedByNobodyButTheModelServerAndPrivateAddressesByNone",
            manifests ->
                manifests
                    .ofKind("NetworkPolicy")
                    .filter(each -> each.toString().contains("0.0.0.0/0"))
                    .filter(
                        each ->
                            !each.at("/spec/podSelector")
                                    .equals(
                                        Manifests.one(
                                            "{matchLabels: {app.kubernetes.io/name: ollama}}"))
                                || !Stream.of(
                                        "10.0.0.0/8",
                                        "172.16.0.0/12",
                                        "192.168.0.0/16",
                                        "169.254.0.0/16")
                                    .allMatch(each.toString()::contains))
                    .map(each -> each.at("/metadata/name").asText()),
            set("NetworkPolicy/ollama", "/spec/podSelector", "{}"),
            remove("NetworkPolicy/ollama", "/spec/egress/0/to/0/ipBlock/except")));
  }

  private static Policy listed(String overlay) {
    return policy(
            "flowsAreThoseOfTheTableIn" + (overlay.equals("local") ? "Local" : "Production"),
            manifests -> {
              Set<Flow> open = Flow.of(manifests);
              Set<Flow> meant = Contract.flows(overlay);
              return Stream.concat(
                  open.stream().filter(flow -> !meant.contains(flow)).map(flow -> "open: " + flow),
                  meant.stream()
                      .filter(flow -> !open.contains(flow))
                      .map(flow -> "closed: " + flow));
            },
            set("NetworkPolicy/api-service", "/spec/ingress", "[]"),
            set("NetworkPolicy/names", "/spec/egress/0/to", "[{ipBlock: {cidr: 0.0.0.0/0}}]"),
            set(
                "NetworkPolicy/embedding-worker",
                "/spec/ingress/0/from/0/namespaceSelector/matchLabels",
                "{relata/gateway: 'true'}"))
        .in(overlay);
  }

  private static Stream<String> strangers(
      Manifests manifests, Predicate<Flow> flow, Set<String> callers) {
    return Flow.of(manifests).stream()
        .filter(flow)
        .filter(each -> !callers.contains(each.from()))
        .map(Flow::toString);
  }

  /** Both ends: one alone would open nothing. */
  private static Damage open(String from, String to, int port) {
    return add(
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: hole, namespace: relata}
        spec:
          podSelector: {matchExpressions: [{key: app.kubernetes.io/name, operator: In, values: [%1$s, %2$s]}]}
          policyTypes: [Ingress, Egress]
          ingress: [{from: [{podSelector: {matchLabels: {app.kubernetes.io/name: %1$s}}}], ports: [{port: %3$d}]}]
          egress: [{to: [{podSelector: {matchLabels: {app.kubernetes.io/name: %2$s}}}], ports: [{port: %3$d}]}]
        """
            .formatted(from, to, port));
  }
}
