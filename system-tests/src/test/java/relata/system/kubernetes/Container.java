package relata.system.kubernetes;

import static relata.system.kubernetes.Manifests.elements;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.NoSuchElementException;

/** One container of a pod, as its manifest describes it. */
record Container(JsonNode manifest) {
  /** A value out of a ConfigMap or a Secret. */
  record Reference(String name, String key) {}

  String name() {
    return manifest.path("name").asText();
  }

  List<String> variables() {
    return variableNodes().stream().map(variable -> variable.path("name").asText()).toList();
  }

  /** The value that the manifest itself gives to a variable; empty if it gives none. */
  String value(String variable) {
    return variableNodes().stream()
        .filter(each -> each.path("name").asText().equals(variable))
        .map(each -> each.path("value").asText())
        .findFirst()
        .orElse("");
  }

  /** Whether the manifest itself gives this value to a variable. */
  boolean isSet(String variable, String value) {
    return variables().contains(variable) && value(variable).equals(value);
  }

  List<Reference> configMapKeys() {
    return references("/valueFrom/configMapKeyRef");
  }

  List<Reference> secretKeys() {
    return references("/valueFrom/secretKeyRef");
  }

  /** The number behind the name of a port. */
  int port(String portName) {
    return elements(manifest, "/ports").stream()
        .filter(port -> port.path("name").asText().equals(portName))
        .map(port -> port.path("containerPort").asInt())
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(name() + " has no port " + portName));
  }

  private List<Reference> references(String pointer) {
    return variableNodes().stream()
        .map(variable -> variable.at(pointer))
        .filter(JsonNode::isObject)
        .map(each -> new Reference(each.path("name").asText(), each.path("key").asText()))
        .toList();
  }

  private List<JsonNode> variableNodes() {
    return elements(manifest, "/env");
  }
}
