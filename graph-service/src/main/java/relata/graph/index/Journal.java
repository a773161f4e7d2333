package relata.graph.index;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import relata.graph.database.Database;
import relata.graph.tune.Recall;
import relata.graph.tune.Trial;
import relata.graph.tune.Trials;
import relata.graph.vector.Effort;
import relata.graph.vector.VectorIndex;

/** Writes every trial down, whatever came of it, before anything is decided by it. */
final class Journal implements Trials {
  private final Trials trials;
  private final Run run;
  private final VectorIndex index;
  private final Database database;
  private final MeterRegistry meters;
  private int number;
  private Optional<Recall> checked = Optional.empty();

  Journal(Trials trials, Run run, VectorIndex index, Database database, MeterRegistry meters) {
    this.trials = trials;
    this.run = run;
    this.index = index;
    this.database = database;
    this.meters = meters;
  }

  @Override
  public int queries() {
    return trials.queries();
  }

  @Override
  public Trial run(Trial.Purpose purpose, Effort effort, Effort current, double bar) {
    Trial trial = trials.run(purpose, effort, current, bar);
    number++;
    database.transaction(
        session -> {
          TrialTable.put(session, run, number, trial, index.size());
          return null;
        });
    meters
        .counter(
            "relata.tune.trials",
            "purpose",
            Columns.name(purpose),
            "outcome",
            trial.holds(bar) ? "held" : "missed")
        .increment();
    if (purpose == Trial.Purpose.CHECK) {
      checked = Optional.of(trial.recall());
    }
    return trial;
  }

  /** What the current effort was found to be worth, if it was looked at. */
  Optional<Recall> checked() {
    return checked;
  }
}
