package relata.graph.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import relata.graph.tune.Decision.Kept;
import relata.graph.tune.Decision.Promoted;
import relata.graph.tune.Decision.Reason;
import relata.graph.tune.Trial.Purpose;
import relata.graph.vector.Effort;

/**
 * One run: is the current effort good enough, which is the cheapest that is, and is it worth the
 * change. It follows from the seed and the trials alone.
 *
 * <p>More effort compares more of the vectors, so on many queries it finds no less; on one of them
 * it may, where it is estimated which rows are compared (docs/adr/0040-few-rows-are-estimated.md).
 * Therefore halving the range finds the same as going down step by step and stopping at the first
 * that does not hold the bar, and that gives an effort below the bar one chance to look better than
 * it is, not one for each effort that is tried.
 */
public final class Tuning {
  /** How many numbers of lists are tried with fewer comparisons, from the least that holds up. */
  private static final int RUNGS = 3;

  /** When a run looks for something cheaper. */
  public enum Seeks {
    ALWAYS,
    /** If the current effort does not hold the bar. */
    AFTER_FALL,
    NEVER
  }

  private final Terms terms;
  private final Grid grid;
  private final Trials trials;
  private final long seed;
  private final List<Trial> held = new ArrayList<>();
  private int left;

  public Tuning(Terms terms, Grid grid, Trials trials, long seed) {
    this.terms = terms;
    this.grid = grid;
    this.trials = trials;
    this.seed = seed;
    left = terms.maxTrials();
  }

  /**
   * Carries it out.
   *
   * @param current the effort that searches have
   * @param seeks when something cheaper is looked for; else the current effort is but checked
   * @param fallen is told at once if the current effort does not hold the bar; searches must then
   *     be certain, and that is what others are compared with from there on
   */
  public Decision run(Effort current, Seeks seeks, Consumer<Recall> fallen) {
    if (trials.queries() < Recall.queriesFor(terms.bar())) {
      return new Kept(Reason.TOO_FEW_QUERIES);
    }
    boolean isSought = seeks == Seeks.ALWAYS;
    Effort base = current;
    if (!current.equals(Effort.CERTAIN)) {
      if (left == 0) {
        return new Kept(Reason.TRIALS_USED_UP);
      }
      Trial check = trial(Purpose.CHECK, current, Effort.CERTAIN);
      if (!check.holds(terms.bar())) {
        fallen.accept(check.recall());
        base = Effort.CERTAIN;
        isSought = seeks != Seeks.NEVER;
      }
    }
    return isSought ? seek(base) : new Kept(Reason.CHECKED);
  }

  private Decision seek(Effort current) {
    int fewest = leastThatHolds(current, 0, grid.probes().size(), probe -> effort(probe, 0));
    int depth = 0;
    for (int rung = fewest; rung >= Math.max(0, fewest - RUNGS + 1); rung--) {
      int probe = rung;
      // What holds with fewer lists holds with more, too.
      depth = leastThatHolds(current, depth, grid.depths().size(), d -> effort(probe, d));
    }
    Optional<Trial> best = held.stream().min(Comparator.comparingDouble(Trial::ratio));
    if (best.isEmpty()) {
      return new Kept(left > 1 ? Reason.NOTHING_HOLDS : Reason.TRIALS_USED_UP);
    }
    Effort chosen = best.get().effort();
    if (chosen.equals(current)) {
      return new Kept(Reason.NO_GAIN);
    }
    return confirmed(trial(Purpose.CONFIRM, chosen, current));
  }

  private Decision confirmed(Trial trial) {
    if (!trial.holds(terms.bar())) {
      return new Kept(Reason.NOTHING_HOLDS);
    }
    double chance = Gain.chance(trial.nanos(), trial.currentNanos(), 1 - terms.minGain(), seed);
    return chance <= terms.significance()
        ? new Promoted(trial.effort(), trial.recall(), trial.ratio(), chance)
        : new Kept(Reason.NO_GAIN);
  }

  private interface Candidates {
    Effort at(int step);
  }

  private Effort effort(int probe, int depth) {
    return new Effort(grid.probes().get(probe), grid.depths().get(depth));
  }

  /**
   * @param holds a step that is known to hold
   * @param steps how many there are; each costs less than the one before
   * @return the last that holds, or as far as the trials went; one is kept for the confirmation
   */
  private int leastThatHolds(Effort current, int holds, int steps, Candidates candidates) {
    int best = holds;
    int fails = steps;
    while (fails - best > 1 && left > 1) {
      int middle = (best + fails) / 2;
      Trial trial = trial(Purpose.SEEK, candidates.at(middle), current);
      if (trial.holds(terms.bar())) {
        held.add(trial);
        best = middle;
      } else {
        fails = middle;
      }
    }
    return best;
  }

  private Trial trial(Purpose purpose, Effort effort, Effort current) {
    left--;
    return trials.run(purpose, effort, current, terms.bar());
  }
}
