package relata.api.deadletter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** Which document is dead under which generation, by their ids within the service. */
record DeadLetterId(long generation, long document) {
  /** Before all. */
  static final DeadLetterId FIRST = new DeadLetterId(0, 0);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  /**
   * Reads the id of a path; what is no id belongs to nothing.
   *
   * @throws relata.api.problem.ProblemException 404 naming it
   */
  static DeadLetterId read(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw Problem.of(
              ProblemType.UNKNOWN_DEAD_LETTER, "Ids of dead letters are two numbers, as in 3-17.")
          .exception();
    }
    return of(matcher);
  }

  /**
   * Reads where a page begins.
   *
   * @throws relata.api.problem.ProblemException 400 naming the parameter
   */
  static DeadLetterId after(String text) {
    if (text == null) {
      return FIRST;
    }
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw Problem.invalid("after", "Must be the 'next' of a page.").exception();
    }
    return of(matcher);
  }

  /** 404 that names the dead letter. */
  Problem unknown() {
    return Problem.of(
        ProblemType.UNKNOWN_DEAD_LETTER,
        "There is no dead letter %s; it was replayed, edited or deleted, or never was."
            .formatted(text()));
  }

  String text() {
    return generation + "-" + document;
  }

  private static DeadLetterId of(Matcher matcher) {
    return new DeadLetterId(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }
}
