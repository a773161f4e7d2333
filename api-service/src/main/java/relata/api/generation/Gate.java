package relata.api.generation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import relata.api.generation.GateReport.Compared;
import relata.api.generation.GateReport.OldAndNew;
import relata.api.generation.GateReport.Overlap;
import relata.api.generation.GateReport.Thresholds;
import relata.api.graph.GraphComparisons.Comparison;
import relata.api.graph.GraphComparisons.Pair;
import relata.api.recipe.Recipe;

/** Holds a comparison against the thresholds of a recipe. */
final class Gate {
  private Gate() {}

  /** The report when the active generation serves nothing that could be compared. */
  static GateReport nothingServed(Recipe.Gate gate, Wholeness wholeness, Instant now) {
    return new GateReport(
        new Overlap(null, null),
        null,
        null,
        null,
        0,
        new Compared(0, 0, 0),
        thresholds(gate),
        wholeness.isWhole(),
        true,
        List.of(),
        List.of("The active generation serves no documents, so there is nothing to compare."),
        now);
  }

  static GateReport report(
      Recipe.Gate gate, Comparison comparison, Wholeness wholeness, Instant now) {
    OldAndNew recall = figures(comparison.judged().recall());
    OldAndNew ndcg = figures(comparison.judged().ndcg());
    Double documents = comparison.documents().overlap();
    Double queries = comparison.queries().overlap();
    List<String> reasons = new ArrayList<>();
    dead(reasons, wholeness.deadOnlyHere());
    overlap(reasons, gate.minOverlap(), documents, queries);
    judged(reasons, "recall@10", gate.minRecall(), recall);
    judged(reasons, "nDCG@10", gate.minNdcg(), ndcg);
    atLeast(reasons, "edge overlap", gate.minEdgeOverlap(), comparison.edges().overlap());
    return new GateReport(
        new Overlap(documents, queries),
        recall,
        ndcg,
        comparison.edges().overlap(),
        wholeness.deadOnlyHere(),
        new Compared(
            comparison.documents().count(),
            comparison.queries().count(),
            comparison.judged().count()),
        thresholds(gate),
        wholeness.isWhole(),
        reasons.isEmpty(),
        reasons,
        comparison.notices(),
        now);
  }

  private static void dead(List<String> reasons, long deadOnlyInNew) {
    if (deadOnlyInNew > 0) {
      reasons.add(
          "%d documents that are served now are dead in the new generation."
              .formatted(deadOnlyInNew));
    }
  }

  private static void overlap(List<String> reasons, double min, Double documents, Double queries) {
    if (min > 0 && documents == null && queries == null) {
      reasons.add("The overlap@10 could not be measured, and minOverlap asks for it.");
    }
    atLeast(reasons, "overlap@10 of documents", min, documents);
    atLeast(reasons, "overlap@10 of queries", min, queries);
  }

  private static void judged(List<String> reasons, String name, double min, OldAndNew figures) {
    if (min > 0 && (figures == null || figures.after() == null)) {
      reasons.add(
          "The %s could not be measured: no stored query with expected documents was compared."
              .formatted(name));
      return;
    }
    atLeast(reasons, name, min, figures == null ? null : figures.after());
  }

  private static void atLeast(List<String> reasons, String name, double min, Double figure) {
    if (figure != null && figure < min) {
      reasons.add(
          String.format(Locale.ROOT, "The %s is %.3f; at least %.3f is asked.", name, figure, min));
    }
  }

  private static OldAndNew figures(Pair pair) {
    return pair == null ? null : new OldAndNew(pair.current(), pair.candidate());
  }

  /** What a recipe asks for. */
  static Thresholds thresholds(Recipe.Gate gate) {
    return new Thresholds(
        gate.minOverlap(), gate.minRecall(), gate.minNdcg(), gate.minEdgeOverlap());
  }
}
