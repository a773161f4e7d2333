package relata.worker.model;

import java.util.List;

/** What became of one call: a vector for each text, or one reason for all of them. */
public sealed interface ModelAnswer permits ModelAnswer.Vectors, ModelFailure {
  /** Checked vectors of one dimension, in the order of the texts. */
  record Vectors(List<Embedding> embeddings) implements ModelAnswer {
    public Vectors {
      embeddings = List.copyOf(embeddings);
    }
  }
}
