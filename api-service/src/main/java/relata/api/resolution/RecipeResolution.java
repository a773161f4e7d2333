package relata.api.resolution;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import relata.api.model.Aliases;
import relata.api.problem.Problem;
import relata.api.prompt.Prompt;
import relata.api.prompt.PromptStore;
import relata.api.recipe.IndexKind;
import relata.api.recipe.RecipeDraft;

/**
 * Makes names mean the same for ever: an alias becomes the first of its models that the model
 * server has, a prompt gets its hash.
 */
@Singleton
public final class RecipeResolution {
  private final Aliases aliases;
  private final PromptStore prompts;
  private final OpenSearchConfig openSearch;

  RecipeResolution(Aliases aliases, PromptStore prompts, OpenSearchConfig openSearch) {
    this.aliases = aliases;
    this.openSearch = openSearch;
    this.prompts = prompts;
  }

  /**
   * Resolves a recipe by what is known of the models.
   *
   * @param path where the recipe stands in the request, as {@code recipe.}; for faults
   */
  public Uni<ResolvedRecipe> resolve(RecipeWish.Clear wish, String path, Availability available) {
    return resolve(wish, path, available, Map.of());
  }

  /**
   * The same for a recipe that was resolved before.
   *
   * @param pinned models that aliases stood for then and shall stand for still
   */
  public Uni<ResolvedRecipe> resolve(
      RecipeWish.Clear wish, String path, Availability available, Map<String, String> pinned) {
    RecipeDraft draft = wish.draft();
    if (draft.index() == IndexKind.OPENSEARCH && openSearch.url().isEmpty()) {
      throw Problem.invalid(
              path + "index",
              "This deployment has no OpenSearch: set RELATA_OPENSEARCH_URL for api-service and"
                  + " graph-service, or leave this out.")
          .exception();
    }
    Map<String, List<String>> used = used(draft);
    Map<String, String> meanings = new TreeMap<>();
    used.forEach((alias, candidates) -> meanings.put(alias, first(candidates, available)));
    meanings.putAll(pinned);
    return promptSha256(draft, path)
        .map(
            hash ->
                new ResolvedRecipe(
                    draft.resolved(name -> meanings.getOrDefault(name, name), hash),
                    wish.written(),
                    used));
  }

  /** Whether recipes may write this for a model that the deployment chooses. */
  public boolean isAlias(String name) {
    return aliases.candidates().containsKey(name);
  }

  /** Whether which models there are makes a difference to any alias. */
  public boolean hasFallbacks() {
    return aliases.candidates().values().stream().anyMatch(candidates -> candidates.size() > 1);
  }

  /** The aliases in a recipe, with what each may stand for now. */
  public Map<String, List<String>> used(RecipeDraft draft) {
    Map<String, List<String>> candidates = aliases.candidates();
    Map<String, List<String>> used = new TreeMap<>();
    Stream.concat(Stream.of(draft.embedder()), draft.describer().stream())
        .filter(candidates::containsKey)
        .forEach(alias -> used.put(alias, candidates.get(alias)));
    return used;
  }

  private static String first(List<String> candidates, Availability available) {
    return candidates.stream().filter(available::has).findFirst().orElse(candidates.getFirst());
  }

  private Uni<String> promptSha256(RecipeDraft draft, String path) {
    return draft
        .prompt()
        .map(name -> prompts.find(name).map(found -> sha256(draft, name, found, path)))
        .orElseGet(() -> Uni.createFrom().item(""));
  }

  private static String sha256(
      RecipeDraft draft, String name, Optional<Prompt> found, String path) {
    String sha256 =
        found
            .map(Prompt::sha256)
            .orElseThrow(
                () ->
                    Problem.invalid(
                            path + "describe.prompt",
                            "There is no prompt '%s'; POST it to /v1/prompts.".formatted(name))
                        .exception());
    draft
        .writtenPromptSha256()
        .filter(written -> !written.equals(sha256))
        .ifPresent(
            _ -> {
              throw Problem.invalid(
                      path + "describe.promptSha256",
                      "The prompt '%s' has another hash; best leave this out.".formatted(name))
                  .exception();
            });
    return sha256;
  }
}
