package relata.graph.generation;

import relata.graph.text.Language;

/**
 * One collection under one recipe.
 *
 * @param index where its vectors and words are found
 * @param language of the words
 * @param minSimilarity the recipe's threshold for an edge
 * @param maxNeighbors the recipe's length of a neighbour list; like all of it this never changes
 *     for a generation
 */
public record Generation(
    long id,
    long collectionId,
    String tenant,
    IndexKind index,
    Language language,
    double minSimilarity,
    int maxNeighbors) {
  /**
   * @throws IllegalArgumentException if the recipe makes no sense
   */
  public Generation {
    if (Double.isNaN(minSimilarity) || maxNeighbors < 1) {
      throw new IllegalArgumentException(
          "generation %d has minSimilarity=%s maxNeighbors=%d"
              .formatted(id, minSimilarity, maxNeighbors));
    }
  }
}
