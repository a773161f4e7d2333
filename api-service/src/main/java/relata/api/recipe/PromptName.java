package relata.api.recipe;

import java.util.Optional;
import java.util.regex.Pattern;

/** The rule for names of prompts: they stand in paths and in recipes. */
public final class PromptName {
  private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** What a name must be, one sentence. */
  public static final String RULE_IN_WORDS =
      "Must be a prompt's name, which matches " + RULE.pattern() + ".";

  private PromptName() {}

  /** The name, if it is one. */
  public static Optional<String> checked(String name) {
    return Optional.ofNullable(name).filter(text -> RULE.matcher(text).matches());
  }
}
