package relata.worker.pipeline;

import java.util.List;
import relata.worker.gate.Turn;

/**
 * Documents of one generation that are worked on together.
 *
 * @param turn in whose turn the model is asked
 */
public record Batch(Turn turn, long generationId, List<Long> documentIds) {
  public Batch {
    documentIds = List.copyOf(documentIds);
  }

  /** A single one of its documents. */
  Batch only(long documentId) {
    return new Batch(turn, generationId, List.of(documentId));
  }
}
