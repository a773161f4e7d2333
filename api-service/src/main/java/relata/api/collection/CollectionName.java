package relata.api.collection;

import java.util.regex.Pattern;
import relata.api.problem.Problem;
import relata.api.problem.ProblemType;

/** The rule for names of collections: they stand in paths, so they are lower case and short. */
final class CollectionName {
  private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  private CollectionName() {}

  static boolean isValid(String name) {
    return name != null && RULE.matcher(name).matches();
  }

  /** 404 that names the collection, whether or not such a name could exist. */
  static Problem unknown(String name) {
    // A name that breaks the rule is not echoed: it may hold anything.
    String detail =
        isValid(name)
            ? "There is no collection '%s'.".formatted(name)
            : "There is no such collection; names match %s.".formatted(RULE.pattern());
    return Problem.of(ProblemType.UNKNOWN_COLLECTION, detail);
  }

  static String rule() {
    return "Must match " + RULE.pattern() + ".";
  }
}
