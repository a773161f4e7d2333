package relata.system.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import relata.system.Project;

/** The resources that a kustomization renders to. */
record Manifests(List<JsonNode> resources) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Map<String, Manifests> RENDERED = new HashMap<>();

  Manifests {
    resources = List.copyOf(resources);
  }

  static Manifests ofBase() throws IOException, InterruptedException {
    return of("base");
  }

  /**
   * What is in a folder of {@code k8s}; each is rendered once.
   *
   * @param folder such as {@code overlays/local}
   */
  static synchronized Manifests of(String folder) throws IOException, InterruptedException {
    Manifests known = RENDERED.get(folder);
    if (known == null) {
      known = parse(Kubectl.kustomize(Project.root().resolve("k8s").resolve(folder)));
      RENDERED.put(folder, known);
    }
    return known;
  }

  /**
   * An overlay and a component that it does not have, as somebody adds it.
   *
   * @param folder for a kustomization of both
   */
  static Manifests with(String component, String overlay, Path folder)
      throws IOException, InterruptedException {
    Path here = folder.toRealPath();
    Path k8s = here.relativize(Project.root().toRealPath().resolve("k8s"));
    Files.writeString(
        here.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        namespace: relata
        resources: [%1$s/overlays/%2$s]
        components: [%1$s/components/%3$s]
        """
            .formatted(k8s, overlay, component));
    return parse(Kubectl.kustomize(here));
  }

  /** Resources as they stand in YAML. */
  static Manifests parse(String yaml) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return new Manifests(documents.readAll());
    }
  }

  /** One value as it stands in YAML. */
  static JsonNode one(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  /** The same, of which anything may be changed. */
  Manifests copy() {
    return new Manifests(resources.stream().<JsonNode>map(JsonNode::deepCopy).toList());
  }

  /** Whatever makes pods. */
  List<Workload> workloads() {
    return resources.stream().filter(Workload::is).map(Workload::new).toList();
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
        .orElseThrow(() -> new NoSuchElementException("There is no " + kind + " " + name));
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

  /** Of {@code 512Mi} or {@code 1Gi}, and of the same as the JVM writes it, {@code 512M}. */
  static long mebibytes(String size) {
    String unit = size.replace("i", "");
    long number = Long.parseLong(unit.substring(0, unit.length() - 1));
    return unit.endsWith("G") ? number * 1024 : number;
  }

  Stream<JsonNode> ofKind(String kind) {
    return resources.stream().filter(each -> kind.equals(each.path("kind").asText()));
  }

  private static String name(JsonNode resource) {
    return resource.at("/metadata/name").asText();
  }
}
