package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import relata.system.Project;
import relata.system.ScriptRun;

/**
 * Everything that an image ships is in its bill of materials, by the comparison of the build
 * itself, and nothing of it has a vulnerability that {@code advisories.csv} knows.
 */
final class BillIT {
  private static final List<String> PROGRAMS =
      List.of("schema", "api-service", "embedding-worker", "graph-service");

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
                String.join(",", PROGRAMS),
                "-am",
                "org.cyclonedx:cyclonedx-maven-plugin:makeBom"));
    assertEquals(0, made.exit(), made::output);
  }

  /**
   * @param all what the image has of jars
   * @param libraries where those of other people are in it
   * @param fewest so that an empty folder is not found to be whole
   */
  @ParameterizedTest
  @CsvSource({
    "schema, target/lib, '', 5",
    "api-service, target/quarkus-app, lib, 100",
    "embedding-worker, target/quarkus-app, lib, 100",
    "graph-service, target/quarkus-app, lib, 100"
  })
  void everyJarOfAnImageIsInItsBill(String program, String all, String libraries, int fewest)
      throws Exception {
    Path jars = Project.module(program).resolve(all);
    Set<String> components =
        bill(program, jars).components().stream()
            .map(Bill.Component::name)
            .collect(Collectors.toSet());
    assertTrue(components.containsAll(Set.of("java-runtime", "glibc")), components::toString);
    // Jars are called after their group and their component.
    List<String> names = names(jars.resolve(libraries));
    assertTrue(names.size() >= fewest, names::toString);
    assertEquals(
        List.of(),
        names.stream().filter(jar -> components.stream().noneMatch(jar::contains)).toList());
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

  @Test
  void noImageShipsWhatAnAdvisoryIsAboutButWhereTheListSaysWhatItMeansHere() throws Exception {
    List<Bill> bills = bills();

    assertEquals(
        List.of(),
        Advisory.listed().stream()
            .filter(advisory -> advisory.here().isEmpty())
            .flatMap(advisory -> bills.stream().flatMap(bill -> advisory.findings(bill).stream()))
            .toList());
  }

  @Test
  void theListSaysWhatItMeansHereOnlyOfWhatIsShipped() throws Exception {
    List<Bill> bills = bills();

    assertEquals(
        List.of(),
        Advisory.listed().stream()
            .filter(advisory -> !advisory.here().isEmpty())
            .filter(advisory -> bills.stream().allMatch(bill -> advisory.findings(bill).isEmpty()))
            .toList());
  }

  @Test
  void everyLibraryOfTheListIsShipped() throws Exception {
    Set<String> shipped =
        bills().stream()
            .flatMap(bill -> bill.components().stream())
            .map(Bill.Component::coordinates)
            .collect(Collectors.toSet());

    assertEquals(
        List.of(),
        Advisory.listed().stream()
            .map(Advisory::component)
            .filter(component -> !shipped.contains(component))
            .distinct()
            .toList());
  }

  private List<Bill> bills() throws Exception {
    List<Bill> bills = new ArrayList<>();
    for (String program : PROGRAMS) {
      // Which jars are in the bill is another test's: here are none.
      bills.add(bill(program, folder));
    }
    return bills;
  }

  private static Bill bill(String program, Path jars) throws Exception {
    ScriptRun bill = ScriptRun.ofImages("--bill", program, jars.toString());
    assertEquals(0, bill.exit(), bill::errors);
    return Bill.of(program, bill.output());
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
