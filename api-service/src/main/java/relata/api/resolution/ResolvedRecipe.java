package relata.api.resolution;

import java.util.List;
import java.util.Map;
import relata.api.recipe.CanonicalJson;
import relata.api.recipe.Recipe;

/**
 * A recipe as a generation keeps it.
 *
 * @param recipe with the names of models, never aliases
 * @param written JSON as the user wrote it
 * @param aliases the models that each alias of it stood for, the preferred one first
 */
public record ResolvedRecipe(Recipe recipe, String written, Map<String, List<String>> aliases) {
  public ResolvedRecipe {
    aliases = Map.copyOf(aliases);
  }

  /** The aliases in canonical JSON. */
  public String aliasesJson() {
    return CanonicalJson.write(aliases);
  }
}
