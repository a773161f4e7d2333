package relata.system.layering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import relata.system.Pom;
import relata.system.Project;

/** The layers as Maven sees them: what is on the class path can be used by accident. */
final class ModulePomsTest {
  @ParameterizedTest
  @EnumSource
  void declaresOfTheProjectOnlyWhatItMayUse(Layer layer) throws IOException {
    Set<String> declared =
        Pom.in(Project.module(layer.module)).dependencies().stream()
            .filter(dependency -> dependency.group().equals("relata"))
            .filter(dependency -> !dependency.scope().equals("test"))
            .map(Pom.Dependency::artifact)
            .collect(Collectors.toSet());

    assertEquals(
        layer.mayUse().stream().map(each -> each.module).collect(Collectors.toSet()), declared);
  }

  @Test
  void everyModuleWithCodeHasItsLayer() throws IOException {
    Set<String> withCode =
        Pom.in(Project.root()).modules().stream()
            .filter(name -> Files.isDirectory(Project.module(name).resolve("src/main/java")))
            .collect(Collectors.toSet());

    assertEquals(
        Arrays.stream(Layer.values()).map(layer -> layer.module).collect(Collectors.toSet()),
        withCode);
  }

  /** A driver may also come along with something else, so what is shipped is looked at. */
  @ParameterizedTest
  @EnumSource(names = {"API", "WORKER", "GRAPH"})
  void shipsNoBlockingDriver(Layer service) throws IOException {
    List<String> jars;
    try (Stream<Path> files = Files.walk(service.libraries())) {
      jars = files.map(file -> file.getFileName().toString()).toList();
    }

    assertTrue(jars.stream().anyMatch(jar -> jar.startsWith("relata.shared-contracts")));
    assertEquals(
        List.of(),
        jars.stream()
            .filter(jar -> jar.startsWith("org.postgresql.") || jar.startsWith("org.flywaydb."))
            .toList());
  }
}
