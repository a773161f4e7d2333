package relata.api.query;

import java.util.regex.Pattern;
import relata.api.problem.Problem;

/** The rule for names of queries: they stand in paths. */
final class QueryName {
  private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private QueryName() {}

  static boolean isValid(String name) {
    return name != null && RULE.matcher(name).matches();
  }

  static String rule() {
    return "Must match " + RULE.pattern() + ".";
  }

  /**
   * Returns the name of a path.
   *
   * @throws relata.api.problem.ProblemException 400 naming {@code name}
   */
  static String checked(String name) {
    if (!isValid(name)) {
      throw Problem.invalid("name", rule()).exception();
    }
    return name;
  }
}
