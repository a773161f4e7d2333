package relata.worker.describe;

import relata.worker.claim.Verdict;
import relata.worker.model.ModelFailure;

/** What became of the wish to have a document described. */
public sealed interface Described {
  record Done(Description description) implements Described {}

  /** The model was asked in vain. */
  record Failed(ModelFailure failure) implements Described {}

  /** It could not even be asked. */
  record Refused(Verdict verdict) implements Described {}
}
