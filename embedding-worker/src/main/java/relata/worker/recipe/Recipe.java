package relata.worker.recipe;

import java.util.Objects;
import relata.worker.split.SplitRule;

/** How features are made; what the graph does with them is not this service's business. */
public record Recipe(Embed embed, SplitRule split) {
  public Recipe {
    Objects.requireNonNull(embed);
    Objects.requireNonNull(split);
  }

  /**
   * How a text becomes a vector.
   *
   * @param documentPrefix put before every chunk, for models that tell documents from queries
   * @param queryPrefix put before every search text
   */
  public record Embed(String model, String documentPrefix, String queryPrefix) {
    public Embed {
      if (model.isBlank()) {
        throw new IllegalArgumentException("The recipe names no embedding model.");
      }
      Objects.requireNonNull(documentPrefix);
      Objects.requireNonNull(queryPrefix);
    }

    /** What the model is given for a chunk's text. */
    public String documentInput(String text) {
      return documentPrefix + text;
    }

    /** What the model is given for a search text. */
    public String queryInput(String text) {
      return queryPrefix + text;
    }
  }
}
