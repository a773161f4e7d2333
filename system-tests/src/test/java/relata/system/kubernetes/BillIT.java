package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import relata.system.Project;

/**
 * Everything that an image ships is in its bill of materials: the comparison of the build itself.
 */
final class BillIT {
  private static final String SERVICES = "api-service,embedding-worker,graph-service";

  @TempDir Path folder;

  /** As the build of images does; the plugin refuses to work offline. */
  @BeforeAll
  static void haveTheBillsMade() throws Exception {
    ScriptRun made =
        ScriptRun.of(
            List.of(
                "./mvnw",
                "-q",
                "-B",
                "-pl",
                SERVICES,
                "-am",
                "org.cyclonedx:cyclonedx-maven-plugin:makeBom"));
    assertEquals(0, made.exit(), made::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"api-service", "embedding-worker", "graph-service"})
  void everyJarOfAServiceIsInItsBill(String service) throws Exception {
    Path jars = Project.module(service).resolve("target/quarkus-app");
    ScriptRun bill = ScriptRun.ofImages("--bill", service, jars.toString());
    assertEquals(0, bill.exit(), bill::errors);

    Set<String> components = components(bill);
    assertTrue(components.containsAll(Set.of("java-runtime", "glibc")), components::toString);
    // Jars are called after their group and their component.
    List<String> libraries = names(jars.resolve("lib"));
    assertTrue(libraries.size() > 100, libraries::toString);
    assertEquals(
        List.of(),
        libraries.stream().filter(jar -> components.stream().noneMatch(jar::contains)).toList());
  }

  @Test
  void aJarThatIsNotInTheBillIsNamedAndEndsTheBuild() throws Exception {
    Files.createFile(folder.resolve("stray-1.0.jar"));
    ScriptRun refused = ScriptRun.ofImages("--bill", "graph-service", folder.toString());

    assertNotEquals(0, refused.exit());
    assertEquals(
        "stray-1.0.jar is not in the bill of materials of graph-service.", refused.errors());
    assertEquals("", refused.output());
  }

  private static Set<String> components(ScriptRun bill) throws IOException {
    return new ObjectMapper()
        .readTree(bill.output())
        .path("components")
        .valueStream()
        .map(component -> component.path("name"))
        .map(JsonNode::textValue)
        .collect(Collectors.toSet());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .toList();
    }
  }
}
