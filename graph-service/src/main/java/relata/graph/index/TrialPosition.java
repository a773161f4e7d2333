package relata.graph.index;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.graph.problem.ProblemException;

/** Where a page of trials begins. */
record TrialPosition(long run, int number) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,9})");

  /** Before all there are. */
  static final TrialPosition NEWEST = new TrialPosition(Long.MAX_VALUE, 0);

  /**
   * @throws ProblemException if it is not the id of a trial
   */
  static TrialPosition of(String text) {
    if (text == null) {
      return NEWEST;
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw ProblemException.badField("after", "must be the id of a trial");
    }
    return new TrialPosition(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }
}
