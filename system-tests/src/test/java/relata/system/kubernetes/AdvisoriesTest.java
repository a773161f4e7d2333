package relata.system.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import relata.system.Project;
import relata.system.kubernetes.Bill.Component;

/** What the list of advisories finds, and that {@code docs/security.md} tells what is open. */
final class AdvisoriesTest {
  private static final String HANDLER =
      "CVE-2026-45416;io.netty:netty-handler;[,4.1.135),[4.2.0,4.2.15);";

  @Test
  void anOlderNettyIsNamedWithItsImageItsAdvisoryAndWhatMendsIt() throws IOException {
    Bill old =
        Bill.of(
            "graph-service",
            """
            {"components": [
              {"group": "io.netty", "name": "netty-codec-http2", "version": "4.1.99.Final"},
              {"name": "java-runtime", "version": "25.0.1"}]}
            """);

    assertTrue(
        findings(old)
            .contains(
                "graph-service ships io.netty:netty-codec-http2 4.1.99.Final:"
                    + " CVE-2023-44487, mended in 4.1.100"),
        () -> findings(old).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "netty-handler, 4.1.134.Final, 4.1.135",
    "netty-handler, 4.1.135.Final, ''",
    "netty-handler, 4.2.0.Final, 4.2.15",
    "netty-handler, 4.2.14.Final, 4.2.15",
    "netty-handler, 4.2.15.Final, ''",
    "netty-handler-proxy, 4.1.134.Final, ''"
  })
  void aLineOfReleasesIsAffectedUpToWhatMendsIt(String name, String version, String mended) {
    assertEquals(
        mended, Advisory.of(HANDLER).mends(new Component("io.netty", name, version)).orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "CVE-2026-45416;io.netty:netty-handler;[,4.1.135)",
        "CVE-26-1;io.netty:netty-handler;[,4.1.135);",
        "CVE-2026-45416;netty-handler;[,4.1.135);",
        "CVE-2026-45416;io.netty:netty-handler;4.1.135;",
        "CVE-2026-45416;io.netty:netty-handler;[4.1.0,);",
        "CVE-2026-45416;io.netty:netty-handler;[,4.1.135];",
        "CVE-2026-45416;io.netty:netty-handler;[4.2.0,4.2.15),[4.1.0,4.1.135);"
      })
  void aRowThatSaysLessIsRefused(String row) {
    assertThrows(IllegalArgumentException.class, () -> Advisory.of(row));
  }

  @Test
  void noAdvisoryIsListedTwiceForALibrary() throws IOException {
    List<String> rows =
        Advisory.listed().stream().map(each -> each.id() + " " + each.component()).toList();

    assertEquals(rows.stream().distinct().toList(), rows);
  }

  @Test
  void whatIsOpenIsInTheDocumentation() throws IOException {
    List<String> table =
        Files.readString(Project.root().resolve("docs/security.md"))
            .lines()
            .dropWhile(line -> !line.startsWith("## Known vulnerabilities"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("|"))
            .toList();
    List<Advisory> open =
        Advisory.listed().stream().filter(each -> !each.here().isEmpty()).toList();

    assertEquals(
        List.of(),
        open.stream()
            .filter(
                each ->
                    table.stream()
                        .noneMatch(line -> line.contains(each.id()) && line.contains(each.here())))
            .toList());
    assertEquals(
        open.stream().map(Advisory::id).collect(Collectors.toSet()),
        Pattern.compile("CVE-[0-9-]+|GHSA-[0-9a-z-]+")
            .matcher(String.join("\n", table))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet()));
  }

  private static Set<String> findings(Bill bill) {
    try {
      return Advisory.listed().stream()
          .flatMap(advisory -> advisory.findings(bill).stream())
          .collect(Collectors.toSet());
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
