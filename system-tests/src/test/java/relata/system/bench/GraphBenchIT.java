package relata.system.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import relata.local.bench.GraphBench;
import relata.local.bench.GraphBench.Part;
import relata.local.bench.GraphOptions;

/** The bench of graph-service, small: it measures everything that it promises. */
@Tag("alone")
final class GraphBenchIT {
  /** What follows from an effort that tuning promotes, which of so few it need not. */
  private static final Set<String> OF_PROMOTED =
      Set.of("tune.recall share -", "tune.recall.lower share >=0.950", "tune.ratio times -");

  @Test
  void everyDocumentIsLinkedAndFoundAndTheTimesAreTold() throws Exception {
    String printed =
        printed(
            new GraphOptions(
                400,
                768,
                Set.of(Part.PIPELINE, Part.LINKED, Part.HTTP, Part.RESTART),
                GraphOptions.Peers.NONE,
                Duration.ofSeconds(1)));
    assertFigures(
        """
        pipeline documents/s >=600
        pipeline.written documents/s -
        pipeline.features documents/s -
        pipeline.list neighbours -
        pipeline.commit documents -
        pipeline.unfound documents <=0
        linked.model ms -
        linked.p50 ms <=25
        linked.p99 ms <=150
        http.recall share >=0.950
        http.refused searches <=0
        http.p50 ms -
        http.p99 ms <=15
        http.at-100.refused searches -
        http.at-100.p50 ms -
        http.at-100.p99 ms -
        http.at-50.refused searches -
        http.at-50.p50 ms -
        http.at-50.p99 ms -
        http.arriving.refused searches <=0
        http.arriving.p50 ms -
        http.arriving.p99 ms -
        http.arriving times <=2
        http.arriving.linked share -
        http.arriving.at-100.refused searches -
        http.arriving.at-100.p50 ms -
        http.arriving.at-100.p99 ms -
        http.arriving.at-100 times -
        http.arriving.at-100.linked share -
        http.arriving.at-50.refused searches -
        http.arriving.at-50.p50 ms -
        http.arriving.at-50.p99 ms -
        http.arriving.at-50 times -
        http.arriving.at-50.linked share -
        restart.serving s <=3
        restart.snapshot s <=1
        restart.serving.database s -
        restart.database s -
        """,
        printed,
        Set.of());
    assertTrue(printed.contains("# cpu of pipeline: "), printed);
    assertTrue(
        printed.lines().anyMatch(line -> line.matches("pipeline.unfound +0 documents .*")),
        printed);
  }

  @Test
  void everyPartOfTheEngineIsMeasured() throws Exception {
    String printed =
        printed(
            new GraphOptions(
                5_000,
                32,
                Set.of(
                    Part.BUILD,
                    Part.SEARCH,
                    Part.TUNE,
                    Part.EDGES,
                    Part.CHANGES,
                    Part.NETWORK,
                    Part.RESIDENT),
                GraphOptions.Peers.LUCENE,
                Duration.ofSeconds(1)));
    assertFigures(
        """
        resident.recall share >=0.990
        resident.p50 ms -
        resident.p99 ms -
        resident MiB/100k <=30
        resident.process MiB <=1024
        resident.mapped MiB -
        network.build s -
        network.memory MiB -
        network.communities s -
        network.statistics ms -
        network.duplicates ms -
        network.path.p50 ms -
        network.path.p99 ms -
        network.around.p50 ms -
        network.around.p99 ms -
        build s <=3
        memory.heap MiB/100k <=30
        memory.accounted MiB/100k -
        memory.vectors MiB/100k -
        snapshot.written s -
        snapshot s <=1
        snapshot.settled s -
        search.recall share >=0.990
        filter.recall share >=0.990
        filter.certain.recall share >=1
        lucene.build s -
        search.p50 ms -
        search.p99 ms -
        search.rate /s -
        search.certain.p50 ms -
        search.certain.p99 ms -
        search.certain.rate /s -
        filter.p50 ms <=0.500
        filter.p99 ms -
        filter.rate /s -
        filter.certain.p50 ms -
        filter.certain.p99 ms -
        filter.certain.rate /s -
        lucene.p50 ms -
        lucene.p99 ms -
        lucene.rate /s -
        filter.lucene.p50 ms -
        filter.lucene.p99 ms -
        filter.lucene.rate /s -
        search.p50.lucene times <=1
        search.rate.lucene times >=2
        filter.p50.lucene times <=1
        filter.rate.lucene times -
        tune s -
        tune.recall share -
        tune.recall.lower share >=0.950
        tune.ratio times -
        edges s <=6
        edges.each neighbours -
        edges.judged documents -
        edges.wrong entries <=0
        edges.linked s -
        edges.linked.wrong graphs <=0
        change ms <=3
        change.batch ms <=0.500
        edges.after.changes.wrong entries <=0
        insert us <=50
        insert.missed documents <=0
        insert.100 ms <=3
        delete us <=10
        insert.paced /s -
        search.p99.inserting times <=2
        insert.rate /s >=20000
        search.p99.flooded times -
        product.rate GFLOP/s -
        """,
        printed,
        printed.contains("# promoted ") ? Set.of() : OF_PROMOTED);
  }

  @Test
  void aClusterIsMeasured() throws Exception {
    String printed =
        printed(
            new GraphOptions(
                5_000,
                32,
                Set.of(Part.OPENSEARCH),
                GraphOptions.Peers.NONE,
                Duration.ofSeconds(1)));
    assertFigures(
        """
        opensearch.write documents/s -
        opensearch.recall share -
        opensearch.p50 ms -
        opensearch.p99 ms -
        opensearch.change ms -
        opensearch.change.batch ms -
        opensearch.change.each documents -
        opensearch.change.wrong documents <=0
        """,
        printed,
        Set.of());
    assertTrue(figure(printed, "opensearch.recall") > 0.9, printed);
    assertTrue(figure(printed, "opensearch.change.each") > 1, printed);
    assertEquals(0, figure(printed, "opensearch.change.wrong"), printed);
  }

  private static String printed(GraphOptions options) throws Exception {
    StringWriter text = new StringWriter();
    var unused = new GraphBench(options, new PrintWriter(text), System.out::println).run();
    return text.toString();
  }

  /**
   * Fails unless there are exactly these, each with a figure.
   *
   * @param expected name, unit and bar of each
   * @param absent which of them cannot be there
   */
  private static void assertFigures(String expected, String printed, Set<String> absent) {
    assertFalse(printed.contains("not measured"), printed);
    Set<String> told = new TreeSet<>();
    for (List<String> line : lines(printed)) {
      assertEquals(5, line.size(), line.toString());
      assertTrue(Double.isFinite(Double.parseDouble(line.get(1))), line.toString());
      assertTrue(
          line.get(3).equals("-")
              ? line.get(4).equals("-")
              : Set.of("pass", "short").contains(line.get(4)),
          line.toString());
      assertTrue(told.add(line.get(0) + " " + line.get(2) + " " + line.get(3)), line.toString());
    }
    Set<String> all = expected.lines().collect(Collectors.toCollection(TreeSet::new));
    all.removeAll(absent);
    assertEquals(String.join("\n", all), String.join("\n", told), printed);
  }

  private static double figure(String printed, String name) {
    return lines(printed).stream()
        .filter(line -> line.getFirst().equals(name))
        .mapToDouble(line -> Double.parseDouble(line.get(1)))
        .findFirst()
        .orElseThrow();
  }

  private static List<List<String>> lines(String printed) {
    return printed
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> List.of(line.split(" +", -1)))
        .toList();
  }
}
