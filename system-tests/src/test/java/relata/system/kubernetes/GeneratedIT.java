package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.system.Project;

/**
 * The base says the same as the manifests that quarkus-kubernetes generates with each build, as far
 * as those know: how things are called, and where a service answers.
 */
final class GeneratedIT {
  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void containersHaveTheSameNameAndPorts(String name) throws IOException, InterruptedException {
    JsonNode ours = Manifests.ofBase().container(name).manifest();
    JsonNode generated = generated(name).container(name).manifest();

    assertEquals(generated.path("name"), ours.path("name"));
    assertEquals(1, generated.path("ports").size());
    assertEquals(1, ours.path("ports").size());
    assertEquals(generated.at("/ports/0/name"), ours.at("/ports/0/name"));
    assertEquals(generated.at("/ports/0/containerPort"), ours.at("/ports/0/containerPort"));
  }

  @ParameterizedTest
  @CsvSource({
    "api-service, startupProbe",
    "api-service, livenessProbe",
    "api-service, readinessProbe",
    "embedding-worker, startupProbe",
    "embedding-worker, livenessProbe",
    "embedding-worker, readinessProbe",
    "graph-service, startupProbe",
    "graph-service, livenessProbe",
    "graph-service, readinessProbe"
  })
  void probesAskAtTheSamePlace(String name, String probe) throws IOException, InterruptedException {
    Container ours = Manifests.ofBase().container(name);
    JsonNode get = ours.manifest().path(probe).path("httpGet");
    JsonNode generated = generated(name).container(name).manifest().path(probe).path("httpGet");

    assertTrue(generated.path("path").asText().startsWith("/q/health/"));
    assertEquals(generated.path("path"), get.path("path"));
    assertEquals(generated.path("port").asInt(), ours.port(get.path("port").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "graph-service"})
  void servicesHaveTheSameNameAndLeadToTheSamePort(String name)
      throws IOException, InterruptedException {
    Manifests base = Manifests.ofBase();
    JsonNode ours = base.resource("Service", name).at("/spec/ports/0");
    JsonNode generated = generated(name).resource("Service", name).at("/spec/ports/0");

    assertEquals(generated.path("name"), ours.path("name"));
    assertEquals(generated.path("port"), ours.path("port"));
    assertEquals(
        generated.path("targetPort").asInt(),
        base.container(name).port(ours.path("targetPort").asText()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void podsHaveTheSameName(String name) throws IOException, InterruptedException {
    String label = "app.kubernetes.io/name";

    assertEquals(
        generated(name).resource("Deployment", name).at("/spec/selector/matchLabels").path(label),
        Manifests.ofBase()
            .resource("Deployment", name)
            .at("/spec/selector/matchLabels")
            .path(label));
  }

  private static Manifests generated(String service) throws IOException {
    return Manifests.parse(
        Files.readString(Project.module(service).resolve("target/kubernetes/kubernetes.yml")));
  }
}
