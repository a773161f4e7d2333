package relata.api.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import relata.api.graph.GraphComparisons.Comparison;
import relata.api.graph.GraphComparisons.Edges;
import relata.api.graph.GraphComparisons.Judged;
import relata.api.graph.GraphComparisons.Overlap;
import relata.api.graph.GraphComparisons.Pair;
import relata.api.recipe.Recipe;
import relata.api.recipe.SwitchMode;

class GateTest {
  private static final Comparison MEASURED =
      new Comparison(
          new Overlap(100, 0.9),
          new Overlap(20, 0.8),
          new Judged(20, new Pair(0.7, 0.6), new Pair(0.5, 0.55)),
          new Edges(10, 12, 0.75),
          List.of());

  private static final Comparison UNMEASURED =
      new Comparison(
          new Overlap(0, null),
          new Overlap(0, null),
          new Judged(0, null, null),
          new Edges(0, 0, 1.0),
          List.of("No vectors."));

  @Test
  void gateWithoutThresholdsLetsEverythingThrough() {
    assertTrue(report(gate(0, 0, 0, 0), MEASURED, 0).passed());
    GateReport blind = report(gate(0, 0, 0, 0), UNMEASURED, 0);
    assertTrue(blind.passed());
    assertEquals(List.of("No vectors."), blind.notices());
  }

  @Test
  void figuresAtTheirThresholdsPass() {
    assertTrue(report(gate(0.8, 0.6, 0.55, 0.75), MEASURED, 0).passed());
  }

  @Test
  void everyFigureBelowItsThresholdIsAReason() {
    GateReport report = report(gate(0.95, 0.61, 0.56, 0.76), MEASURED, 0);
    assertFalse(report.passed());
    assertEquals(
        List.of(
            "The overlap@10 of documents is 0.900; at least 0.950 is asked.",
            "The overlap@10 of queries is 0.800; at least 0.950 is asked.",
            "The recall@10 is 0.600; at least 0.610 is asked.",
            "The nDCG@10 is 0.550; at least 0.560 is asked.",
            "The edge overlap is 0.750; at least 0.760 is asked."),
        report.reasons());
    assertEquals(0.7, report.recallAt10().before());
    assertEquals(0.6, report.recallAt10().after());
  }

  @Test
  void whatIsAskedForAndCannotBeMeasuredIsAReason() {
    assertEquals(3, report(gate(0.1, 0.1, 0.1, 0.1), UNMEASURED, 0).reasons().size());
  }

  @Test
  void documentsThatOnlyTheNewOneLosesAreAReasonWhateverTheThresholds() {
    GateReport report = report(gate(0, 0, 0, 0), MEASURED, 3);
    assertFalse(report.passed());
    assertEquals(3, report.deadOnlyInNew());
  }

  @Test
  void reportHoldsWhileWhatItDependsOnIsAsItWas() {
    Recipe.Gate gate = gate(0.5, 0, 0, 0);
    GateReport report = report(gate, MEASURED, 0);
    assertTrue(report.holds(Gate.thresholds(gate), whole(0)));
    assertFalse(report.holds(Gate.thresholds(gate), whole(1)));
    assertFalse(report.holds(Gate.thresholds(gate(0.6, 0, 0, 0)), whole(0)));
    GateReport early =
        Gate.report(gate, MEASURED, new Wholeness(10, 5, 0, 0, 0, 0, 0, 0, 10), Instant.EPOCH);
    assertFalse(early.holds(Gate.thresholds(gate), whole(0)));
    GateReport empty =
        Gate.nothingServed(gate, new Wholeness(0, 0, 0, 0, 0, 0, 0, 0, 0), Instant.EPOCH);
    assertTrue(empty.holds(Gate.thresholds(gate), new Wholeness(0, 0, 0, 0, 0, 0, 0, 0, 0)));
    assertFalse(empty.holds(Gate.thresholds(gate), whole(0)));
  }

  private static Wholeness whole(long dead) {
    return new Wholeness(10, 0, 0, 0, 0, 0, 0, dead, 10);
  }

  private static GateReport report(Recipe.Gate gate, Comparison comparison, long dead) {
    return Gate.report(gate, comparison, whole(dead), Instant.EPOCH);
  }

  private static Recipe.Gate gate(double overlap, double recall, double ndcg, double edges) {
    return new Recipe.Gate(SwitchMode.AUTOMATIC, overlap, recall, ndcg, edges, 100);
  }
}
