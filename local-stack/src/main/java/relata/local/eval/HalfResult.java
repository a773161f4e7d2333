package relata.local.eval;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What was measured over one half of the queries.
 *
 * @param systems in the order of the report
 * @param differences what is claimed less each of the others
 */
record HalfResult(Half half, int queries, List<System> systems, List<Difference> differences) {
  /** The means of one system. */
  record System(String name, Map<Measure, Double> means) {}

  /** A system of which something is claimed, less another. */
  record Difference(String claimed, String other, Map<Measure, PairedTest> tests) {}

  HalfResult {
    systems = List.copyOf(systems);
    differences = List.copyOf(differences);
  }

  /**
   * @param claimed rankings of all queries, each compared with each of the others
   * @param others of all queries, too
   */
  static HalfResult of(
      Half half, List<JudgedQuery> queries, List<Rankings> claimed, List<Rankings> others) {
    List<System> systems =
        Stream.concat(claimed.stream(), others.stream())
            .map(rankings -> system(half, queries, rankings))
            .toList();
    List<Difference> differences = new ArrayList<>();
    for (Rankings one : claimed) {
      for (Rankings other : others) {
        differences.add(difference(half, queries, one, other));
      }
    }
    return new HalfResult(half, half.of(queries).size(), systems, differences);
  }

  private static System system(Half half, List<JudgedQuery> queries, Rankings rankings) {
    Map<Measure, Double> means = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      double[] values = half.of(rankings.values(measure, queries));
      means.put(measure, DoubleStream.of(values).average().orElseThrow());
    }
    return new System(rankings.system(), means);
  }

  private static Difference difference(
      Half half, List<JudgedQuery> queries, Rankings one, Rankings other) {
    Map<Measure, PairedTest> tests = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      tests.put(
          measure,
          PairedTest.of(
              half.of(one.values(measure, queries)), half.of(other.values(measure, queries))));
    }
    return new Difference(one.system(), other.system(), tests);
  }
}
