package relata.system.kubernetes;

import static relata.system.kubernetes.Manifests.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Whatever makes pods: a Deployment, a StatefulSet or a CronJob. */
record Workload(JsonNode manifest) {
  /** What the project builds; the rest are components for those who have none of their own. */
  static final Set<String> SERVICES = Set.of("api-service", "embedding-worker", "graph-service");

  static boolean is(JsonNode resource) {
    return Set.of("Deployment", "StatefulSet", "CronJob").contains(resource.path("kind").asText());
  }

  String kind() {
    return manifest.path("kind").asText();
  }

  String name() {
    return manifest.at("/metadata/name").asText();
  }

  boolean isService() {
    return SERVICES.contains(name());
  }

  /** A Job ends, so nobody waits until it is ready, and nothing is rolled. */
  boolean isJob() {
    return kind().equals("CronJob");
  }

  /** The module whose program it runs; a Job is the worker's. */
  String module() {
    return isJob() ? "embedding-worker" : name();
  }

  JsonNode labels() {
    return template().at("/metadata/labels");
  }

  JsonNode pod() {
    return template().path("spec");
  }

  /** All containers, those that run first, too. */
  List<Container> containers() {
    return elements(pod(), "/initContainers", "/containers").stream().map(Container::new).toList();
  }

  /** The container that stays. */
  Container main() {
    return new Container(pod().at("/containers/0"));
  }

  private JsonNode template() {
    return manifest.at(isJob() ? "/spec/jobTemplate/spec/template" : "/spec/template");
  }
}
