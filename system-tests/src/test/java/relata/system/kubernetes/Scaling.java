package relata.system.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An autoscaler, of Kubernetes itself or of KEDA. */
record Scaling(JsonNode spec, int least, int most) {
  static List<Scaling> of(Manifests manifests) {
    return Stream.concat(
            manifests
                .ofKind("HorizontalPodAutoscaler")
                .map(each -> new Scaling(each, "minReplicas", "maxReplicas")),
            manifests
                .ofKind("ScaledObject")
                .map(each -> new Scaling(each, "minReplicaCount", "maxReplicaCount")))
        .toList();
  }

  private Scaling(JsonNode resource, String least, String most) {
    this(
        resource.path("spec"),
        resource.path("spec").path(least).asInt(),
        resource.path("spec").path(most).asInt());
  }

  static Map<String, Integer> leastByTarget(Manifests manifests) {
    return of(manifests).stream().collect(Collectors.toMap(Scaling::target, Scaling::least));
  }

  static Map<String, Integer> mostByTarget(Manifests manifests) {
    return of(manifests).stream().collect(Collectors.toMap(Scaling::target, Scaling::most));
  }

  /** The name of the Deployment. */
  String target() {
    return spec.at("/scaleTargetRef/name").asText();
  }
}
