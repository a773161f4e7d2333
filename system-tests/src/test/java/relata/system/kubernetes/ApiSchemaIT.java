package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static relata.system.kubernetes.Damage.remove;
import static relata.system.kubernetes.Damage.set;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster would take every resource. */
final class ApiSchemaIT {
  @ParameterizedTest
  @MethodSource("folders")
  void takesEveryResource(String folder) throws IOException, InterruptedException {
    List<JsonNode> resources = Manifests.of(folder).resources();

    for (JsonNode resource : resources) {
      if (ApiSchema.knows(resource)) {
        assertEquals(
            Optional.empty(), ApiSchema.refusal(resource), resource.at("/metadata/name").asText());
      }
    }
  }

  /**
   * KEDA's and those of the Gateway API are checked by policies, the rules of Prometheus by its own
   * tool.
   */
  @Test
  void knowsEveryKindButThoseOfOperators() throws IOException, InterruptedException {
    assertEquals(
        Set.of("Gateway", "HTTPRoute", "ScaledObject", "PodMonitor", "PrometheusRule"),
        Manifests.of("overlays/production").resources().stream()
            .filter(each -> !ApiSchema.knows(each))
            .map(each -> each.path("kind").asText())
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void refuses(Damage mistake) throws IOException, InterruptedException {
    Manifests damaged = mistake.done(Manifests.of("overlays/production"));

    assertNotEquals(
        List.of(),
        damaged.resources().stream()
            .filter(ApiSchema::knows)
            .flatMap(each -> ApiSchema.refusal(each).stream())
            .toList());
  }

  static Stream<String> folders() {
    return Stream.concat(
        Stream.of("base"), Policy.OVERLAYS.stream().map(overlay -> "overlays/" + overlay));
  }

  static Stream<Damage> mistakes() {
    String container = "/spec/template/spec/containers/0";
    return Stream.of(
        set("Deployment/api-service", container + "/livenessprobe", "{}"),
        set("Deployment/api-service", "/spec/replicas", "two"),
        remove("Deployment/api-service", "/spec/selector"),
        remove("Deployment/api-service", container + "/name"),
        set("Deployment/api-service", container + "/env/0/valueFrom", "{secretKeyRef: {name: x}}"),
        set("Deployment/api-service", "/spec/template/spec/topologySpreadConstraints/0/skew", "1"),
        set("PodDisruptionBudget/api-service", "/spec/minReady", "1"),
        set("NetworkPolicy/deny", "/spec/policyTypes", "Ingress"),
        set("HorizontalPodAutoscaler/api-service", "/spec/targetCPUUtilizationPercentage", "80"),
        set("CronJob/backfill", "/spec/jobTemplate/spec/podFailurePolicy/rules/0/action", "{}"));
  }
}
