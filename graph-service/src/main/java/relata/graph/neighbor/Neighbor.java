package relata.graph.neighbor;

import java.util.Comparator;

/**
 * An entry of a document's neighbour list.
 *
 * @param documentId the neighbour
 * @param chunk ordinal of the document's own chunk of the pair that gave the similarity
 * @param neighborChunk ordinal of the neighbour's chunk of that pair
 */
public record Neighbor(long documentId, double similarity, int chunk, int neighborChunk) {
  /** Most similar first, ties by id: a total order over the neighbours of one document. */
  public static final Comparator<Neighbor> CLOSEST_FIRST =
      Comparator.comparingDouble(Neighbor::similarity)
          .reversed()
          .thenComparingLong(Neighbor::documentId);

  /**
   * @throws IllegalArgumentException if the similarity is not a number
   */
  public Neighbor {
    if (Double.isNaN(similarity)) {
      throw new IllegalArgumentException("a neighbour has a similarity");
    }
  }

  /** Whether it stands before the other in a list. */
  boolean isCloserThan(Neighbor other) {
    return CLOSEST_FIRST.compare(this, other) < 0;
  }
}
