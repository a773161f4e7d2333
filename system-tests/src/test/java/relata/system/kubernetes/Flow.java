package relata.system.kubernetes;

import static relata.system.kubernetes.Manifests.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A way that network policies leave open.
 *
 * @param from a workload, or the label of the namespaces that may come in
 * @param to a workload, a range of addresses, the label of namespaces, or {@code kube-dns}
 */
record Flow(String from, String to, int port) {
  /** All ways of an overlay, as a cluster would see them: both ends have to agree. */
  static Set<Flow> of(Manifests manifests) {
    List<JsonNode> policies =
        manifests.ofKind("NetworkPolicy").map(each -> each.path("spec")).toList();
    Set<Flow> flows = new HashSet<>();
    for (Workload pod : manifests.workloads()) {
      for (Workload other : manifests.workloads()) {
        for (int port : ports(other)) {
          if (!pod.equals(other)
              && isOpen(policies, "Egress", pod, other, other, port)
              && isOpen(policies, "Ingress", other, pod, other, port)) {
            flows.add(new Flow(pod.name(), other.name(), port));
          }
        }
      }
      rules(policies, "Ingress", pod).forEach(rule -> flows.addAll(fromElsewhere(rule, pod)));
      rules(policies, "Egress", pod).forEach(rule -> flows.addAll(toElsewhere(rule, pod)));
    }
    return flows;
  }

  /** Whether one end lets the other through; an end without a policy lets everybody. */
  private static boolean isOpen(
      List<JsonNode> policies, String way, Workload end, Workload peer, Workload called, int port) {
    return policies.stream().noneMatch(each -> isFor(each, way, end))
        || rules(policies, way, end)
            .anyMatch(
                rule ->
                    hasPort(rule, called, port)
                        && peers(rule, way).stream()
                            .anyMatch(
                                each ->
                                    each.has("podSelector")
                                        && !each.has("namespaceSelector")
                                        && isSelected(each.path("podSelector"), peer.labels())));
  }

  private static List<Flow> fromElsewhere(JsonNode rule, Workload pod) {
    return peers(rule, "Ingress").stream()
        .filter(peer -> peer.has("namespaceSelector"))
        .flatMap(peer -> peer.at("/namespaceSelector/matchLabels").properties().stream())
        .flatMap(
            label ->
                ports(pod).stream()
                    .filter(port -> hasPort(rule, pod, port))
                    .map(port -> new Flow(label.getKey(), pod.name(), port)))
        .toList();
  }

  private static List<Flow> toElsewhere(JsonNode rule, Workload pod) {
    return peers(rule, "Egress").stream()
        .filter(peer -> peer.has("ipBlock") || peer.has("namespaceSelector"))
        .flatMap(
            peer -> {
              String to =
                  peer.has("ipBlock")
                      ? peer.at("/ipBlock/cidr").asText()
                      : peer.at("/podSelector/matchLabels").path("k8s-app").asText(label(peer));
              return elements(rule, "/ports").stream()
                  .map(port -> new Flow(pod.name(), to, port.path("port").asInt()));
            })
        .toList();
  }

  /** Of the namespaces that a peer is in. */
  private static String label(JsonNode peer) {
    return peer.at("/namespaceSelector/matchLabels").properties().stream()
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("everywhere");
  }

  private static Stream<JsonNode> rules(List<JsonNode> policies, String way, Workload pod) {
    return policies.stream()
        .filter(each -> isFor(each, way, pod))
        .flatMap(each -> elements(each, way.equals("Egress") ? "/egress" : "/ingress").stream());
  }

  private static List<JsonNode> peers(JsonNode rule, String way) {
    return elements(rule, way.equals("Egress") ? "/to" : "/from");
  }

  private static boolean isFor(JsonNode policy, String way, Workload pod) {
    return isSelected(policy.path("podSelector"), pod.labels())
        && elements(policy, "/policyTypes").stream().anyMatch(type -> type.asText().equals(way));
  }

  private static boolean hasPort(JsonNode rule, Workload called, int number) {
    return !rule.has("ports")
        || elements(rule, "/ports").stream()
            .map(each -> each.path("port"))
            .anyMatch(
                port ->
                    port.isInt()
                        ? port.asInt() == number
                        : called.containers().stream()
                            .flatMap(each -> elements(each.manifest(), "/ports").stream())
                            .anyMatch(
                                known ->
                                    known.path("name").equals(port)
                                        && known.path("containerPort").asInt() == number));
  }

  private static List<Integer> ports(Workload pod) {
    return pod.containers().stream()
        .flatMap(each -> elements(each.manifest(), "/ports").stream())
        .map(port -> port.path("containerPort").asInt())
        .toList();
  }

  private static boolean isSelected(JsonNode selector, JsonNode labels) {
    return selector.path("matchLabels").properties().stream()
            .allMatch(each -> each.getValue().equals(labels.path(each.getKey())))
        && elements(selector, "/matchExpressions").stream()
            .allMatch(
                each ->
                    StreamSupport.stream(each.path("values").spliterator(), false)
                        .anyMatch(labels.path(each.path("key").asText())::equals));
  }
}
