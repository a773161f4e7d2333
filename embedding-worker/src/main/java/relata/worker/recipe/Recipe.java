package relata.worker.recipe;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import relata.worker.split.SplitRule;

/** How features are made; what the graph does with them is not this service's business. */
public record Recipe(Optional<Describe> describe, Embed embed, SplitRule split) {
  public Recipe {
    Objects.requireNonNull(describe);
    Objects.requireNonNull(embed);
    Objects.requireNonNull(split);
  }

  /**
   * How a model describes a document.
   *
   * @param prompt name of the prompt
   * @param promptSha256 of its template, in lowercase hexadecimal: the name alone might come to
   *     mean another text
   * @param maxInputLength the most characters of title and body that the model is given
   * @param maxLength the most characters of the description
   */
  public record Describe(
      String model, String prompt, String promptSha256, int maxInputLength, int maxLength) {
    public Describe {
      if (model.isBlank() || prompt.isBlank()) {
        throw new IllegalArgumentException("The recipe names no model or prompt to describe with.");
      }
      if (promptSha256.length() != 64) {
        throw new IllegalArgumentException("promptSha256 is no SHA-256 in hexadecimal.");
      }
      if (maxInputLength < 1 || maxLength < 1) {
        throw new IllegalArgumentException("maxInputLength and maxLength must be at least 1.");
      }
    }
  }

  /**
   * How a text becomes a vector.
   *
   * @param documentPrefix put before every chunk, for models that tell documents from queries
   * @param queryPrefix put before every search text
   * @param clientDimension components of the vectors that the client brings with its own chunks;
   *     empty when documents are split and embedded here. Search texts always are.
   */
  public record Embed(
      String model, String documentPrefix, String queryPrefix, OptionalInt clientDimension) {
    public Embed {
      if (model.isBlank()) {
        throw new IllegalArgumentException("The recipe names no embedding model.");
      }
      Objects.requireNonNull(documentPrefix);
      Objects.requireNonNull(queryPrefix);
      if (clientDimension.isPresent() && clientDimension.getAsInt() < 1) {
        throw new IllegalArgumentException("The recipe's dimension must be at least 1.");
      }
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
