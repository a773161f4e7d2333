package relata.system.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/** What an image ships, as its bill of materials (CycloneDX, JSON) says. */
record Bill(String image, List<Component> components) {
  Bill {
    components = List.copyOf(components);
  }

  /**
   * @param group empty for what is not of Maven, as the Java runtime
   */
  record Component(String group, String name, String version) {
    /** As Maven writes it, without the version. */
    String coordinates() {
      return group.isEmpty() ? name : group + ":" + name;
    }
  }

  static Bill of(String image, String json) throws JsonProcessingException {
    return new Bill(
        image,
        new ObjectMapper()
            .readTree(json)
            .path("components")
            .valueStream()
            .map(
                component ->
                    new Component(
                        component.path("group").asText(),
                        component.path("name").asText(),
                        component.path("version").asText()))
            .toList());
  }
}
