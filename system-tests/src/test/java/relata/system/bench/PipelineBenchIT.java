package relata.system.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import relata.local.bench.BenchOptions;
import relata.local.bench.PipelineBench;

/**
 * The bench, small: it measures everything that it promises, and what does not depend on the
 * machine holds.
 */
@Tag("alone")
final class PipelineBenchIT {
  private static final int DOCUMENTS = 600;

  @TempDir static Path data;
  private static String printed;
  private static Map<String, String> figures;

  @BeforeAll
  static void run() throws Exception {
    StringWriter text = new StringWriter();
    BenchOptions options =
        new BenchOptions(DOCUMENTS, Set.of(), Duration.ofSeconds(4), Optional.of(data));
    new PipelineBench(options, new PrintWriter(text), System.out::println).run();
    printed = text.toString();
    figures =
        printed
            .lines()
            .filter(line -> !line.startsWith("#"))
            .collect(
                Collectors.toMap(line -> line.split(" +", -1)[0], line -> line.split(" +", -1)[1]));
  }

  @Test
  void everythingThatHasABarIsMeasured() {
    Set<String> barred =
        printed
            .lines()
            .filter(line -> line.endsWith(" pass") || line.endsWith(" short"))
            .map(line -> line.split(" +", -1)[0])
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "throughput",
            "throughput.without",
            "throughput.twice",
            "replay.rows",
            "replay.calls",
            "worker.memory",
            "worker.ready",
            "freshness.p50",
            "freshness.p99",
            "freshness.backfill",
            "query.backfill",
            "permits",
            "poison.dead",
            "poison.dead.others",
            "poison.tries",
            "poison.throughput"),
        barred,
        printed);
  }

  @Test
  void aReplayChangesNothingAndCallsNoModel() {
    assertEquals("0", figures.get("replay.rows"), printed);
    assertEquals("0", figures.get("replay.calls"), printed);
    assertEquals("0", figures.get("throughput.twice"), printed);
    assertEquals("0", figures.get("throughput.without"), printed);
  }

  @Test
  void whatTheModelRefusesIsDeadAndNothingElse() {
    assertEquals("1", figures.get("poison.dead"), printed);
    assertEquals("0", figures.get("poison.dead.others"), printed);
    assertEquals("1", figures.get("poison.tries"), printed);
  }

  @Test
  void theMachineAndTheCpuTimeAreTold() {
    assertTrue(printed.startsWith("# machine: "), printed);
    assertTrue(printed.contains("# cpu of throughput: "), printed);
  }
}
