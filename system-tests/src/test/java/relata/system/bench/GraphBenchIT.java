package relata.system.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import relata.local.bench.GraphBench;
import relata.local.bench.GraphOptions;

/** The parts of the bench of graph-service that need a stack, small. */
@Tag("alone")
final class GraphBenchIT {
  @Test
  void everyDocumentIsLinkedAndFoundAndTheTimesAreTold() throws Exception {
    StringWriter text = new StringWriter();
    GraphOptions options =
        new GraphOptions(
            400,
            768,
            Set.of(GraphBench.Part.PIPELINE, GraphBench.Part.LINKED, GraphBench.Part.RESTART),
            GraphOptions.Peers.NONE,
            Duration.ofSeconds(4));
    new GraphBench(options, new PrintWriter(text), System.out::println).run();
    String printed = text.toString();
    Set<String> barred =
        printed
            .lines()
            .filter(line -> line.endsWith(" pass") || line.endsWith(" short"))
            .map(line -> line.split(" +", -1)[0])
            .collect(Collectors.toSet());
    assertEquals(
        Set.of(
            "pipeline",
            "pipeline.unfound",
            "linked.p50",
            "linked.p99",
            "restart.serving",
            "restart.snapshot"),
        barred);
    assertTrue(printed.contains("restart.database "), printed);
    assertTrue(printed.contains("# cpu of pipeline: "), printed);
    assertTrue(
        printed.lines().anyMatch(line -> line.matches("pipeline.unfound +0 documents .*")),
        printed);
  }
}
