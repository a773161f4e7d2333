package relata.api.testing;

import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import org.hamcrest.Matcher;

/** What an answer must not tell of how it was made. */
public final class Internals {
  /** Names of packages and exceptions, stack traces, SQL, and addresses of servers behind. */
  private static final String TOLD =
      "(?is).*(\\b(relata|io|org|java|jakarta|com)\\.[a-z]+\\.[a-z]|exception|\\tat |\\bselect\\b"
          + "|\\binsert into\\b|relation \\\\?\"|content\\.[a-z]+|sqlstate|hibernate|vertx|netty"
          + "|jackson|quarkus|127\\.0\\.0\\.1|:5432).*";

  private Internals() {}

  public static Matcher<String> none() {
    return not(matchesPattern(TOLD));
  }
}
