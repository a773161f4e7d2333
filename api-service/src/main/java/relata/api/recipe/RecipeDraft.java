package relata.api.recipe;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A recipe as it was read: complete, but its models may be aliases, and the hash of its prompt is
 * empty unless it was written.
 */
public record RecipeDraft(Recipe recipe) {
  /** What embeds, as written. */
  public String embedder() {
    return recipe.embed().model();
  }

  /** What describes, as written; empty if no descriptions are wanted. */
  public Optional<String> describer() {
    return recipe.describe().map(Recipe.Describe::model);
  }

  /** Name of the prompt; empty if no descriptions are wanted. */
  public Optional<String> prompt() {
    return recipe.describe().map(Recipe.Describe::prompt);
  }

  /** Where its features are kept. */
  public IndexKind index() {
    return recipe.index();
  }

  /** The hash that the prompt was written with, so that another text of that name is noticed. */
  public Optional<String> writtenPromptSha256() {
    return recipe.describe().map(Recipe.Describe::promptSha256).filter(hash -> !hash.isEmpty());
  }

  /**
   * The recipe with names that mean the same for ever.
   *
   * @param model gives a model for what stands in the recipe
   * @param promptSha256 of the prompt; not looked at if there is none
   */
  public Recipe resolved(UnaryOperator<String> model, String promptSha256) {
    return resolved(model, model, promptSha256);
  }

  /** The same with names of their own for what embeds and what describes. */
  public Recipe resolved(
      UnaryOperator<String> embedder, UnaryOperator<String> describer, String promptSha256) {
    Recipe.Embed embed = recipe.embed();
    return new Recipe(
        recipe
            .describe()
            .map(
                describe ->
                    new Recipe.Describe(
                        describer.apply(describe.model()),
                        describe.prompt(),
                        promptSha256,
                        describe.maxInputLength(),
                        describe.maxLength())),
        new Recipe.Embed(
            embedder.apply(embed.model()),
            embed.documentPrefix(),
            embed.queryPrefix(),
            embed.clientDimension()),
        recipe.split(),
        recipe.edges(),
        recipe.index(),
        recipe.language(),
        recipe.gate());
  }
}
