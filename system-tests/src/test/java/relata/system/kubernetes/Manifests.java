package relata.system.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import relata.system.Project;

/** The resources that {@code k8s/base} renders to. */
record Manifests(List<JsonNode> resources) {
  Manifests {
    resources = List.copyOf(resources);
  }

  static Manifests ofBase() throws IOException, InterruptedException {
    String yaml = Kubectl.kustomize(Project.root().resolve("k8s/base"));
    ObjectMapper mapper = new ObjectMapper(new YAMLFactory());
    try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return new Manifests(documents.readAll());
    }
  }

  /** The names of what there is of a kind, sorted. */
  List<String> names(String kind) {
    return ofKind(kind).map(Manifests::name).sorted().toList();
  }

  /** The one resource of this kind and name. */
  JsonNode resource(String kind, String name) {
    return ofKind(kind)
        .filter(each -> name(each).equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("The base has no " + kind + " " + name));
  }

  JsonNode pod(String deployment) {
    return resource("Deployment", deployment).at("/spec/template/spec");
  }

  /** The container of the service itself. */
  Container container(String deployment) {
    return new Container(pod(deployment).at("/containers/0"));
  }

  /** The container that brings the schema up to date before. */
  Container schema(String deployment) {
    return new Container(pod(deployment).at("/initContainers/0"));
  }

  /** Every container of a pod. */
  List<Container> containers(String deployment) {
    return elements(pod(deployment), "/initContainers", "/containers").stream()
        .map(Container::new)
        .toList();
  }

  /** What the arrays at these places hold. */
  static List<JsonNode> elements(JsonNode node, String... pointers) {
    return Stream.of(pointers)
        .map(node::at)
        .flatMap(array -> StreamSupport.stream(array.spliterator(), false))
        .toList();
  }

  private Stream<JsonNode> ofKind(String kind) {
    return resources.stream().filter(each -> kind.equals(each.path("kind").asText()));
  }

  private static String name(JsonNode resource) {
    return resource.at("/metadata/name").asText();
  }
}
