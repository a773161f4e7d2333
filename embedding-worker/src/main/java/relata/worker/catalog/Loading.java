package relata.worker.catalog;

import relata.worker.model.ModelFailure;

/** What became of the wish to have a model in memory. */
public sealed interface Loading {
  /** The server says that it is there. */
  record Loaded(ModelUse use) implements Loading {}

  /** It is not there. */
  record Failed(ModelFailure failure) implements Loading {}
}
