package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.schema.SchemaConfig;
import relata.system.Project;
import relata.system.kubernetes.Container.Reference;

/** Each container gets the variables that its program reads, from where they are said to be. */
final class EnvironmentIT {
  private static final List<String> SERVICES =
      List.of("api-service", "embedding-worker", "graph-service");

  /** {@code ${NAME}} or {@code ${NAME:default}} in an application.properties. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

  /** {@code ${NAME:}}: left out, it stands for something that there is none of. */
  private static final Pattern OPTIONAL = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):}");

  private static Manifests manifests;

  @BeforeAll
  static void render() throws IOException, InterruptedException {
    manifests = Manifests.ofBase();
  }

  /**
   * What is left out would fall back to a default that is made for one machine: localhost; unless
   * it stands for something that there may be none of.
   */
  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void givesAServiceEveryAddressAndPasswordThatItReads(String name) throws IOException {
    Set<String> optional = variablesReadBy(name, OPTIONAL);
    Set<String> missing =
        variablesReadBy(name).stream()
            .filter(variable -> !optional.contains(variable))
            .filter(variable -> variable.endsWith("_URL") || variable.endsWith("_PASSWORD"))
            .collect(Collectors.toCollection(HashSet::new));

    assertTrue(missing.contains("RELATA_DATABASE_URL"), "application.properties reads " + missing);
    missing.removeAll(manifests.container(name).variables());
    assertEquals(Set.of(), missing);
  }

  @Test
  void givesTheSchemaWhatItRequiresAndNothingElse() {
    Container schema = manifests.schema("api-service");
    List<String> variables = schema.variables();
    Map<String, String> environment = new HashMap<>();
    variables.forEach(variable -> environment.put(variable, "given"));
    SchemaConfig.fromEnvironment(environment);

    // Not read by the program, but by the value of the next one, so it has to come before.
    assertEquals("RELATA_DATABASE_URL", variables.getFirst());
    assertEquals("jdbc:$(RELATA_DATABASE_URL)", schema.value("RELATA_SCHEMA_URL"));
    for (String variable : variables.subList(1, variables.size())) {
      Map<String, String> without = new HashMap<>(environment);
      without.remove(variable);
      assertThrows(
          IllegalArgumentException.class,
          () -> SchemaConfig.fromEnvironment(without),
          variable + " is not needed");
    }
  }

  @Test
  void documentsEverySecretKeyThatIsAVariableAndNoOther() {
    assertEquals(
        Contract.keys().stream()
            .filter(
                key ->
                    !Set.of("relata-ca", "relata-nats-server", "relata-operator")
                            .contains(key.name())
                        && !key.name().endsWith("-tls"))
            .collect(Collectors.toSet()),
        allReferences(Container::secretKeys));
  }

  @Test
  void callsGraphServiceThroughItsService() {
    JsonNode config = manifests.resource("ConfigMap", manifests.names("ConfigMap").getFirst());
    URI graph = URI.create(config.at("/data/RELATA_GRAPH_URL").asText());
    JsonNode service = manifests.resource("Service", graph.getHost());

    assertEquals(80, service.at("/spec/ports/0/port").asInt());
    assertEquals(-1, graph.getPort());
  }

  private static Set<Reference> allReferences(Function<Container, List<Reference>> references) {
    return SERVICES.stream()
        .flatMap(name -> manifests.containers(name).stream())
        .flatMap(container -> references.apply(container).stream())
        .collect(Collectors.toSet());
  }

  private static Set<String> variablesReadBy(String service) throws IOException {
    return variablesReadBy(service, PLACEHOLDER);
  }

  private static Set<String> variablesReadBy(String service, Pattern pattern) throws IOException {
    Path properties = Project.module(service).resolve("src/main/resources/application.properties");
    return pattern
        .matcher(Files.readString(properties))
        .results()
        .map(placeholder -> placeholder.group(1))
        .collect(Collectors.toSet());
  }
}
