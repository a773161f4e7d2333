package relata.system.kubernetes;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A mistake that somebody might make in a manifest.
 *
 * @param kind of the resource; {@code +} if one more is added
 * @param name of it, without the hash that kustomize puts behind
 * @param pointer to what is changed; it ends in {@code /-} to add to a list
 * @param yaml what stands there then; empty to take it away
 */
record Damage(String kind, String name, String pointer, String yaml) {
  static Damage set(String resource, String pointer, String yaml) {
    String[] kindAndName = resource.split("/", 2);
    return new Damage(kindAndName[0], kindAndName[1], pointer, yaml);
  }

  static Damage remove(String resource, String pointer) {
    return set(resource, pointer, "");
  }

  static Damage add(String yaml) {
    return new Damage("+", "", "", yaml);
  }

  /** Whether what it changes is there. */
  boolean fits(Manifests manifests) {
    return kind.equals("+") || manifests.ofKind(kind).anyMatch(this::isMeant);
  }

  /** The same manifests with this mistake. */
  Manifests done(Manifests manifests) {
    Manifests copy = manifests.copy();
    if (kind.equals("+")) {
      List<JsonNode> more = new ArrayList<>(copy.resources());
      more.add(Manifests.one(yaml));
      return new Manifests(more);
    }
    JsonNode resource = copy.ofKind(kind).filter(this::isMeant).findFirst().orElseThrow();
    JsonPointer place = JsonPointer.compile(pointer);
    String last = place.last().getMatchingProperty();
    switch (resource.at(place.head())) {
      case ObjectNode object when yaml.isEmpty() -> require(object.remove(last) != null);
      case ObjectNode object -> object.set(last, Manifests.one(yaml));
      case ArrayNode array when last.equals("-") -> array.add(Manifests.one(yaml));
      case ArrayNode array when yaml.isEmpty() -> require(array.remove(index(last)) != null);
      case ArrayNode array -> array.set(index(last), Manifests.one(yaml));
      default -> require(false);
    }
    return copy;
  }

  private static int index(String name) {
    return Integer.parseInt(name);
  }

  private void require(boolean found) {
    if (!found) {
      throw new IllegalStateException("There is nothing to damage: " + this);
    }
  }

  private boolean isMeant(JsonNode resource) {
    return resource.at("/metadata/name").asText().matches(name + "(-[a-z0-9]{10})?");
  }
}
