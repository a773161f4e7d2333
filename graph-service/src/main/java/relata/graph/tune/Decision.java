package relata.graph.tune;

import relata.graph.vector.Effort;

/** What a run came to. */
public sealed interface Decision {
  /**
   * Searches shall have another effort from now on.
   *
   * @param ratio its cost by that of the effort before
   * @param chance how probable such times are if the gain is less than wanted
   */
  record Promoted(Effort effort, Recall recall, double ratio, double chance) implements Decision {}

  /** Searches go on as they did; or with certainty, if what they had does not hold the bar. */
  record Kept(Reason reason) implements Decision {}

  /** Why nothing was promoted. */
  enum Reason {
    TOO_FEW_QUERIES("There are too few queries to show the recall by."),
    CHECKED("Nothing but the current setting was looked at."),
    NOTHING_HOLDS("Nothing that costs less holds the recall."),
    NO_GAIN("Nothing that holds the recall costs significantly less."),
    TRIALS_USED_UP("As many trials were made as may be within an hour.");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }
  }
}
