package relata.system.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import relata.system.Project;

/** The rules of {@code k8s/components/monitoring}, as the operator hands them to Prometheus. */
public final class ShippedRules {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** As a range or alone, not as a part of a name. */
  private static final Pattern MINUTES = Pattern.compile("(?<=\\[|^)(\\d+)m(?=]|$)");

  private static final String SECONDS_OF_A_MINUTE = "* 60";

  private final JsonNode spec;

  private ShippedRules(JsonNode spec) {
    this.spec = spec;
  }

  public static ShippedRules read() throws IOException {
    Path file = folder().resolve("rules.yaml");
    return new ShippedRules(YAML.readTree(file.toFile()).path("spec"));
  }

  public static Path folder() {
    return Project.root().resolve("k8s/components/monitoring");
  }

  /** The same, for a clock on which a minute is a second. */
  public ShippedRules inSeconds() {
    JsonNode faster = spec.deepCopy();
    for (JsonNode rule : rules(faster).toList()) {
      ObjectNode changed = (ObjectNode) rule;
      String expression = rule.path("expr").asText().replace(SECONDS_OF_A_MINUTE, "* 1");
      changed.put("expr", MINUTES.matcher(expression).replaceAll("$1s"));
      if (rule.has("for")) {
        changed.put("for", MINUTES.matcher(rule.path("for").asText()).replaceAll("$1s"));
      }
    }
    return new ShippedRules(faster);
  }

  /** Without what people read. */
  ShippedRules bare() {
    JsonNode bare = spec.deepCopy();
    rules(bare).forEach(rule -> ((ObjectNode) rule).remove("annotations"));
    return new ShippedRules(bare);
  }

  List<JsonNode> alerts() {
    return rules(spec).filter(rule -> rule.has("alert")).toList();
  }

  /** All names, in the order of the file. */
  public List<String> names() {
    return alerts().stream().map(alert -> alert.path("alert").asText()).toList();
  }

  /** Writes a file that Prometheus reads. */
  public void write(Path file) throws IOException {
    Files.write(file, YAML.writeValueAsBytes(spec));
  }

  private static Stream<JsonNode> rules(JsonNode spec) {
    return elements(spec.path("groups")).flatMap(group -> elements(group.path("rules")));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
