package relata.system.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.tool.Tool;
import relata.system.Project;

/** What Prometheus' own tool says of the rules, and what a person needs beside them. */
final class RulesIT {
  private static final Tool PROMTOOL =
      new Tool("promtool", "prometheus", "PROMTOOL", "elsewhere: https://prometheus.io/download/");
  private static final String CASES = "rules.test.yaml";
  private static final Pattern TESTED = Pattern.compile("alertname: (\\w+)");

  private static ShippedRules rules;

  @TempDir Path folder;

  @BeforeAll
  static void read() throws IOException {
    rules = ShippedRules.read();
  }

  @Test
  void areRulesThatPrometheusReads() throws Exception {
    Path file = folder.resolve("rules.yaml");
    rules.write(file);

    assertEquals("", promtool("check", "rules", "--lint-fatal", file.toString()));
  }

  @Test
  void fireWhenTheyShouldAndNotBefore() throws Exception {
    rules.bare().write(folder.resolve("rules.yaml"));
    Path cases = folder.resolve(CASES);
    Files.writeString(cases, cases());

    assertEquals("", promtool("test", "rules", cases.toString()));
  }

  @Test
  void haveACaseEach() throws IOException {
    Set<String> tested = new HashSet<>();
    TESTED.matcher(cases()).results().forEach(found -> tested.add(found.group(1)));

    assertEquals(new HashSet<>(rules.names()), tested);
  }

  @Test
  void sayWhatIsWrongHowBadItIsAndWhereToReadOn() throws IOException {
    String runbook = Files.readString(Project.root().resolve("docs/runbook.md"));
    for (JsonNode alert : rules.alerts()) {
      String name = alert.path("alert").asText();
      assertTrue(
          Set.of("critical", "warning").contains(alert.at("/labels/severity").asText()), name);
      assertFalse(alert.at("/annotations/summary").asText().isBlank(), name);
      assertEquals(
          "docs/runbook.md#" + name.toLowerCase(Locale.ROOT),
          alert.at("/annotations/runbook").asText());
      assertTrue(runbook.contains("\n## " + name + "\n"), "docs/runbook.md has nothing on " + name);
    }
    assertEquals(rules.names().size(), new HashSet<>(rules.names()).size());
  }

  private static String cases() throws IOException {
    try (InputStream file = RulesIT.class.getResourceAsStream(CASES)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Empty if it is content, else all that it says. */
  private static String promtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PROMTOOL.find().toString()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "promtool does not end");
    return process.exitValue() == 0 ? "" : said;
  }
}
