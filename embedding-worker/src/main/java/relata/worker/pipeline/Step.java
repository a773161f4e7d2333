package relata.worker.pipeline;

import relata.worker.claim.Verdict;
import relata.worker.store.DocumentFeatures;

/** Where a document stands after the model was asked. */
sealed interface Step {
  /** Every chunk has its vector. */
  record Complete(DocumentFeatures features) implements Step {}

  /** Some chunks were too long and were cut: to be asked about once more. */
  record Again() implements Step {}

  record Failed(Verdict verdict) implements Step {}
}
