package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import relata.worker.claim.Claim;
import relata.worker.claim.Claimed;
import relata.worker.claim.Verdict;
import relata.worker.describe.Described;
import relata.worker.describe.Describer;
import relata.worker.describe.Description;
import relata.worker.describe.Subject;
import relata.worker.gate.Turn;
import relata.worker.model.ModelFailure;
import relata.worker.split.SplitLimits;
import relata.worker.split.SplitResult;

/** Has the documents of a part described whose recipe says so. */
@Singleton
class Describing {
  /** The drafts of those that go on, and why the others do not. */
  record Outcome(List<Draft> drafts, Map<Claimed, Verdict> failed) {}

  private final Describer describer;
  private final Judge judge;
  private final SplitLimits limits;

  Describing(Describer describer, Judge judge, PreparationConfig config) {
    this.describer = describer;
    this.judge = judge;
    this.limits = config.limits();
  }

  Outcome describe(Turn turn, Claim claim, List<Draft> drafts) {
    List<Subject> subjects = drafts.stream().map(Draft::subject).flatMap(Optional::stream).toList();
    if (subjects.isEmpty()) {
      return new Outcome(drafts, Map.of());
    }
    Map<Claimed, Described> described = describer.describe(turn, claim, subjects);
    Outcome outcome = new Outcome(new ArrayList<>(), new LinkedHashMap<>());
    for (Draft draft : drafts) {
      switch (described.get(draft.document())) {
        case null -> outcome.drafts().add(draft);
        case Described.Done(Description description) -> add(draft, description, outcome);
        case Described.Failed(ModelFailure failure) ->
            outcome
                .failed()
                .put(
                    draft.document(),
                    judge.verdict(
                        failure, draft.generation().recipe().describe().orElseThrow().model()));
        case Described.Refused(Verdict verdict) -> outcome.failed().put(draft.document(), verdict);
      }
    }
    return outcome;
  }

  private void add(Draft draft, Description description, Outcome outcome) {
    if (draft.isProvided()) {
      outcome.drafts().add(draft.describedBy(description, draft.chunks()));
      return;
    }
    SplitResult split =
        draft
            .text()
            .describe(
                draft.chunks(), description.text(), draft.generation().recipe().split(), limits);
    switch (split) {
      case SplitResult.Chunks(var chunks) ->
          outcome.drafts().add(draft.describedBy(description, chunks));
      case SplitResult.TooMuch(String code, String reason) ->
          outcome.failed().put(draft.document(), new Verdict.Dead(code, reason));
    }
  }
}
