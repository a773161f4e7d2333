package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod is watched where the service answers, and may do no more than it needs. */
final class PodIT {
  private static Manifests manifests;

  @BeforeAll
  static void render() throws IOException, InterruptedException {
    manifests = Manifests.ofBase();
  }

  @ParameterizedTest
  @CsvSource({
    "api-service, startupProbe, /q/health/started",
    "api-service, livenessProbe, /q/health/live",
    "api-service, readinessProbe, /q/health/ready",
    "embedding-worker, startupProbe, /q/health/started",
    "embedding-worker, livenessProbe, /q/health/live",
    "embedding-worker, readinessProbe, /q/health/ready",
    "graph-service, startupProbe, /q/health/started",
    "graph-service, livenessProbe, /q/health/live",
    "graph-service, readinessProbe, /q/health/ready"
  })
  void isProbedWhereTheServiceAnswers(String name, String probe, String path) {
    Container container = manifests.container(name);
    JsonNode get = container.manifest().path(probe).path("httpGet");

    assertEquals(path, get.path("path").asText());
    assertEquals(8080, container.port(get.path("port").asText()));
    assertEquals("8080", container.value("QUARKUS_HTTP_PORT"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void isNotRootAndHasNoTokenOfTheCluster(String name) {
    JsonNode pod = manifests.pod(name);
    JsonNode account = manifests.resource("ServiceAccount", name);

    assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
    assertTrue(pod.at("/securityContext/runAsUser").asInt() > 0);
    assertEquals("RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
    assertEquals(name, pod.path("serviceAccountName").asText());
    assertFalse(pod.path("automountServiceAccountToken").asBoolean(true));
    assertFalse(account.path("automountServiceAccountToken").asBoolean(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void writesNowhereButInBoundedFoldersOfItsOwn(String name) {
    JsonNode pod = manifests.pod(name);

    // The caches of vectors and of snapshots are graph-service's.
    assertEquals(name.equals("graph-service") ? 3 : 1, pod.path("volumes").size());
    for (JsonNode volume : pod.path("volumes")) {
      assertTrue(volume.path("emptyDir").has("sizeLimit"));
    }
    for (Container container : manifests.containers(name)) {
      JsonNode security = container.manifest().path("securityContext");
      assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
      assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
      assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
      assertEquals("/tmp", container.manifest().at("/volumeMounts/0/mountPath").asText());
      // A cache is the service's alone, not its init container's.
      assertTrue(container.manifest().path("volumeMounts").size() <= pod.path("volumes").size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void saysWhatItNeedsAndIsHeldToAMemoryLimit(String name) {
    for (Container container : manifests.containers(name)) {
      JsonNode resources = container.manifest().path("resources");
      assertTrue(resources.path("requests").has("cpu"), container.name());
      assertTrue(resources.path("requests").has("memory"), container.name());
      assertTrue(resources.path("limits").has("memory"), container.name());
    }
  }

  @Test
  void holdsTheWorkerToItsMemoryBar() {
    JsonNode worker = manifests.container("embedding-worker").manifest();

    assertEquals("256Mi", worker.at("/resources/limits/memory").asText());
  }
}
