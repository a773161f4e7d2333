package relata.worker.pipeline;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
import relata.worker.trace.TraceStep;

/** Has the documents of a part described whose recipe says so. */
@Singleton
class Describing {
  /** The drafts of those that go on, and why the others do not. */
  record Outcome(List<Draft> drafts, Map<Claimed, Verdict> failed) {}

  private final Describer describer;
  private final Judge judge;
  private final PartTraces traces;
  private final SplitLimits limits;

  Describing(Describer describer, Judge judge, PartTraces traces, PreparationConfig config) {
    this.describer = describer;
    this.judge = judge;
    this.traces = traces;
    this.limits = config.limits();
  }

  /**
   * Gives each draft once, in groups: first those that need no description, then the others as
   * theirs are there.
   */
  void describe(Turn turn, Claim claim, List<Draft> drafts, Consumer<Outcome> asTheyCome) {
    Map<Claimed, Draft> wanted = new LinkedHashMap<>();
    List<Subject> subjects = new ArrayList<>();
    List<Draft> complete = new ArrayList<>();
    for (Draft draft : drafts) {
      draft
          .subject(limits)
          .ifPresentOrElse(
              subject -> {
                wanted.put(draft.document(), draft);
                subjects.add(subject);
              },
              () -> complete.add(draft));
    }
    if (!complete.isEmpty()) {
      asTheyCome.accept(new Outcome(complete, Map.of()));
    }
    if (!subjects.isEmpty()) {
      describe(turn, claim, subjects, wanted, asTheyCome);
    }
  }

  private void describe(
      Turn turn,
      Claim claim,
      List<Subject> subjects,
      Map<Claimed, Draft> drafts,
      Consumer<Outcome> asTheyCome) {
    Map<Claimed, TraceStep> steps = new HashMap<>();
    drafts.forEach((document, draft) -> steps.put(document, traces.describe(draft)));
    try {
      describer.describe(
          turn,
          claim,
          subjects,
          some -> {
            some.keySet().forEach(document -> steps.remove(document).close());
            asTheyCome.accept(outcome(some, drafts));
          });
    } finally {
      steps.values().forEach(TraceStep::close);
    }
  }

  private Outcome outcome(Map<Claimed, Described> described, Map<Claimed, Draft> drafts) {
    Outcome outcome = new Outcome(new ArrayList<>(), new LinkedHashMap<>());
    described.forEach(
        (document, result) -> {
          Draft draft = drafts.get(document);
          switch (result) {
            case Described.Done(Description description) -> add(draft, description, outcome);
            case Described.Failed(ModelFailure failure) ->
                outcome.failed().put(document, judge.verdict(failure, model(draft)));
            case Described.Refused(Verdict verdict) -> outcome.failed().put(document, verdict);
          }
        });
    return outcome;
  }

  private static String model(Draft draft) {
    return draft.generation().recipe().describe().orElseThrow().model();
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
