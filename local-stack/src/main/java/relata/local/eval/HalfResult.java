package relata.local.eval;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What was measured over one half of the queries.
 *
 * @param systems in the order of the report
 * @param differences the first system less each of the others
 */
record HalfResult(Half half, int queries, List<System> systems, List<Difference> differences) {
  /** The means of one system. */
  record System(String name, Map<Measure, Double> means) {}

  /** The first system less another. */
  record Difference(String other, Map<Measure, PairedTest> tests) {}

  HalfResult {
    systems = List.copyOf(systems);
    differences = List.copyOf(differences);
  }

  /**
   * @param rankings of all queries; the first is compared with each of the others
   */
  static HalfResult of(Half half, List<JudgedQuery> queries, List<Rankings> rankings) {
    List<System> systems = new ArrayList<>();
    List<Difference> differences = new ArrayList<>();
    for (Rankings ranking : rankings) {
      Map<Measure, Double> means = new EnumMap<>(Measure.class);
      Map<Measure, PairedTest> tests = new EnumMap<>(Measure.class);
      for (Measure measure : Measure.values()) {
        double[] first = half.of(rankings.getFirst().values(measure, queries));
        double[] own = half.of(ranking.values(measure, queries));
        means.put(measure, DoubleStream.of(own).average().orElseThrow());
        tests.put(measure, PairedTest.of(first, own));
      }
      if (!systems.isEmpty()) {
        differences.add(new Difference(ranking.system(), tests));
      }
      systems.add(new System(ranking.system(), means));
    }
    return new HalfResult(half, half.of(queries).size(), systems, differences);
  }
}
