package relata.worker.model;

/** What became of one text: its vector, or why there is none. */
public sealed interface InputAnswer permits Embedding, ModelFailure {}
