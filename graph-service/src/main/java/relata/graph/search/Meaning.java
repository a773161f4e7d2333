package relata.graph.search;

import java.util.List;

/** What a search by meaning goes by. */
sealed interface Meaning {
  /** The vector of a text, or those of a document, of which the most similar one counts. */
  record Known(List<float[]> vectors) implements Meaning {
    public Known {
      vectors = List.copyOf(vectors);
    }
  }

  /** There is none to go by; nothing failed. */
  record Missing(String message) implements Meaning {}

  /** The model cannot be asked now; it may be another time. */
  record Unavailable(String message) implements Meaning {}

  /** The model will never make a vector of this text. */
  record Refused(String message) implements Meaning {}
}
