package relata.worker.schedule;

import java.util.List;
import java.util.Map;
import relata.worker.gate.Lane;
import relata.worker.gate.Turn;
import relata.worker.generation.Served;
import relata.worker.pipeline.Batch;

/** A batch in a slot, and what waits for each of its documents. */
record Started(Served generation, Lane lane, Map<Long, Receipt> documents, long at) {
  Batch batch() {
    return new Batch(
        new Turn(lane, generation.collectionId()),
        generation.generationId(),
        List.copyOf(documents.keySet()));
  }

  Iterable<Receipt> receipts() {
    return documents.values();
  }

  boolean sharesModel(Served other) {
    return generation.models().stream().anyMatch(other.models()::contains);
  }
}
