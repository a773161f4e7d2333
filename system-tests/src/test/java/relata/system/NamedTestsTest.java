package relata.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say is shown by a test, as {@code docs/security.md} does, has that test. */
final class NamedTestsTest {
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]*(?:IT|Test))`");

  @Test
  void everyTestThatADocumentNamesIsThere() throws IOException {
    Set<String> tests = tests();
    Set<String> missing = new TreeSet<>();
    for (Path document : documents()) {
      named(document).stream()
          .filter(name -> !tests.contains(name))
          .forEach(name -> missing.add(Project.root().relativize(document) + ": " + name));
    }
    assertEquals(Set.of(), missing);
    assertTrue(named(Project.root().resolve("docs/security.md")).size() > 20);
  }

  private static Set<String> named(Path document) throws IOException {
    return NAME.matcher(Files.readString(document))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Project.root().resolve("docs"));
        Stream<Path> modules = Files.list(Project.root())) {
      return Stream.concat(docs, modules.map(module -> module.resolve("README.md")))
          .filter(file -> file.toString().endsWith(".md") && Files.exists(file))
          .toList();
    }
  }

  private static Set<String> tests() throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> modules = Files.list(Project.root())) {
      for (Path folder : modules.map(module -> module.resolve("src/test/java")).toList()) {
        if (Files.exists(folder)) {
          try (Stream<Path> files = Files.walk(folder)) {
            files
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(".java"))
                .forEach(name -> names.add(name.substring(0, name.lastIndexOf('.'))));
          }
        }
      }
    }
    return names;
  }
}
