package relata.graph.index;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import relata.graph.index.IndexView.EffortView;
import relata.graph.index.IndexView.RunView;
import relata.graph.index.Run.Conditions;
import relata.graph.index.Run.Outcome;
import relata.graph.tune.Decision;
import relata.graph.tune.JournaledTrials;
import relata.graph.tune.Trial;
import relata.graph.tune.Tuning;

/**
 * A run decided once more from its seed and its journal, without asking the index anything.
 *
 * @param outcome what it comes to
 * @param effort what is promoted; null if nothing is
 * @param same whether that is what the run came to
 */
record Replay(RunView run, String outcome, EffortView effort, boolean same) {
  /**
   * @param run one that came to an end of its own
   */
  static Replay of(Run run, List<Trial> trials) {
    Conditions with = run.conditions();
    JournaledTrials journal = new JournaledTrials(trials, with.queries());
    AtomicBoolean fell = new AtomicBoolean();
    Decision decision =
        new Tuning(with.terms(run.minRecall()), with.grid(), journal, run.seed())
            .run(with.current(), with.seeks(), recall -> fell.set(true));
    Outcome outcome = outcome(decision, fell.get());
    return new Replay(
        RunView.of(run),
        Columns.name(outcome),
        decision instanceof Decision.Promoted promoted ? EffortView.of(promoted.effort()) : null,
        outcome == run.outcome() && journal.isEmpty());
  }

  private static Outcome outcome(Decision decision, boolean fell) {
    return switch (decision) {
      case Decision.Promoted promoted -> Outcome.PROMOTED;
      case Decision.Kept kept -> fell ? Outcome.FELL_BACK : Outcome.KEPT;
    };
  }
}
