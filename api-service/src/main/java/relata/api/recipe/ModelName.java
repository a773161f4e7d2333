package relata.api.recipe;

/** The rule for names of models, as a model server spells them. */
public final class ModelName {
  /** What a name must be, one sentence. */
  public static final String RULE_IN_WORDS =
      "Must be a model's name: letters, digits, - _ . / and :.";

  private ModelName() {}

  /** Printable ASCII without spaces, at least one character. */
  public static boolean isValid(String name) {
    return !name.isEmpty() && name.chars().allMatch(point -> point > ' ' && point < 0x7f);
  }
}
