package relata.api.generation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a building generation compares with the active one. A figure is null where there was nothing
 * to measure it by. What is compared are the vectors alone: rankings are by meaning, without text.
 *
 * @param overlapAt10 what the ten best have in common, 0 to 1
 * @param recallAt10 share of the expected documents among the ten best, 0 to 1
 * @param ndcgAt10 the same by grade and rank
 * @param edgeOverlap share of edges that both have, 0 to 1
 * @param deadOnlyInNew documents that the active one serves and that are dead in the new one
 * @param whole whether it was whole then; else the figures are of what there was
 * @param passed whether it may be switched to without force
 * @param reasons why not, a sentence each
 * @param notices what could not be measured, and how many stored queries were left out
 */
@Schema(name = "GateReport")
record GateReport(
    Overlap overlapAt10,
    OldAndNew recallAt10,
    OldAndNew ndcgAt10,
    Double edgeOverlap,
    long deadOnlyInNew,
    Compared compared,
    Thresholds thresholds,
    boolean whole,
    boolean passed,
    List<String> reasons,
    List<String> notices,
    Instant evaluatedAt) {
  GateReport {
    reasons = List.copyOf(reasons);
    notices = List.copyOf(notices);
  }

  /** The same with a notice of the stored queries that were not compared, if there are any. */
  GateReport leftOut(long queries) {
    if (queries == 0) {
      return this;
    }
    List<String> all = new ArrayList<>(notices);
    all.add("%d queries were left out: more are stored than are compared.".formatted(queries));
    return new GateReport(
        overlapAt10,
        recallAt10,
        ndcgAt10,
        edgeOverlap,
        deadOnlyInNew,
        compared,
        thresholds,
        whole,
        passed,
        reasons,
        all,
        evaluatedAt);
  }

  /**
   * Whether the figures still hold: the generation was whole, and what they depend on that can be
   * seen from here is as it was.
   */
  boolean holds(Thresholds asked, Wholeness now) {
    boolean isAsServed = compared.documents() > 0 || now.comparable() == 0;
    return whole && isAsServed && deadOnlyInNew == now.deadOnlyHere() && thresholds.equals(asked);
  }

  /** Of sampled documents' most similar ones, and of what the stored queries find. */
  @Schema(name = "GateOverlap")
  record Overlap(Double documents, Double queries) {}

  /** A figure of the active generation, and of the one that is building. */
  @Schema(name = "GateFigures")
  record OldAndNew(@JsonProperty("old") Double before, @JsonProperty("new") Double after) {}

  /** How many were compared; judged are queries with expected documents. */
  @Schema(name = "GateSizes")
  record Compared(int documents, int queries, int judged) {}

  /** What the recipe asks for. */
  @Schema(name = "GateThresholds")
  record Thresholds(double minOverlap, double minRecall, double minNdcg, double minEdgeOverlap) {}
}
