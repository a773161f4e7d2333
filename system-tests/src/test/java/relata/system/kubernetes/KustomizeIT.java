package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.system.Pom;
import relata.system.Project;

/** What {@code kubectl kustomize k8s/base} gives fits together. */
final class KustomizeIT {
  private static final String API = "api-service";
  private static final String WORKER = "embedding-worker";
  private static final String GRAPH = "graph-service";

  private static Manifests manifests;

  @BeforeAll
  static void render() throws IOException, InterruptedException {
    manifests = Manifests.ofBase();
  }

  @Test
  void runsEachServiceUnderItsOwnAccountAndOffersWhatIsCalled() {
    assertEquals(List.of(API, WORKER, GRAPH), manifests.names("Deployment"));
    assertEquals(List.of(API, WORKER, GRAPH), manifests.names("ServiceAccount"));
    assertEquals(List.of(API, GRAPH), manifests.names("Service"));
    assertEquals(List.of(API, WORKER, GRAPH), manifests.names("PodDisruptionBudget"));
    assertEquals(List.of(), manifests.names("Secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {API, WORKER, GRAPH})
  void selectsItsOwnPodsAlone(String name) {
    JsonNode spec = manifests.resource("Deployment", name).path("spec");
    JsonNode labels = spec.at("/template/metadata/labels");

    assertEquals(name, labels.path("app.kubernetes.io/name").asText());
    assertEquals("relata", labels.path("app.kubernetes.io/part-of").asText());
    assertEquals(labels, spec.at("/selector/matchLabels"));
  }

  @ParameterizedTest
  @ValueSource(strings = {API, WORKER, GRAPH})
  void takesEveryImageAtTheVersionOfTheProject(String name) throws IOException {
    String version = Pom.in(Project.root()).version();

    assertEquals(
        List.of("relata/schema:" + version, "relata/" + name + ":" + version),
        manifests.containers(name).stream()
            .map(container -> container.manifest().path("image").asText())
            .toList());
    assertNotEquals("latest", version);
  }

  @ParameterizedTest
  @ValueSource(strings = {API, WORKER, GRAPH})
  void migratesInTheSameWayBeforeEveryService(String name) {
    assertEquals(withoutRequests(manifests.schema(API)), withoutRequests(manifests.schema(name)));
  }

  /** Which are no more than those of the service behind it. */
  private static JsonNode withoutRequests(Container schema) {
    ObjectNode copy = schema.manifest().deepCopy();
    copy.withObject("/resources").remove("requests");
    return copy;
  }
}
