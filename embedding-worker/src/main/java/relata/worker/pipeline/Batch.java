package relata.worker.pipeline;

import java.util.List;
import java.util.stream.IntStream;
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

  /** The batch in parts of at most so many documents. */
  List<Batch> parts(int most) {
    return IntStream.iterate(0, from -> from < documentIds.size(), from -> from + most)
        .mapToObj(from -> documentIds.subList(from, Math.min(from + most, documentIds.size())))
        .map(some -> new Batch(turn, generationId, some))
        .toList();
  }

  /** A single one of its documents. */
  Batch only(long documentId) {
    return new Batch(turn, generationId, List.of(documentId));
  }
}
