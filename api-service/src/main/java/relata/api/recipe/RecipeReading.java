package relata.api.recipe;

import java.util.List;

/** What came of reading a recipe that a user wrote. */
public sealed interface RecipeReading {
  /** It is fine; what was left out has its default. */
  record Valid(RecipeDraft draft) implements RecipeReading {}

  /** It is not; every fault is named, there is at least one. */
  record Invalid(List<Fault> faults) implements RecipeReading {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * One field that is wrong.
   *
   * @param field path from the recipe, as {@code split.chunkSize}
   * @param detail what it must be, one sentence
   */
  record Fault(String field, String detail) {}
}
